import type { Content } from "../media/content.ts";

type Demuxer = Exclude<Content, { kind: "image" }>["demuxer"];

const sounds: Record<Demuxer, string> = {
  mov: "audio/mp4",
  matroska: "audio/webm",
  ogg: "audio/ogg",
  mp3: "audio/mpeg",
  flac: "audio/flac",
  wav: "audio/wav",
};
const films: Record<Demuxer, string> = {
  ...sounds,
  mov: "video/mp4",
  matroska: "video/webm",
  ogg: "video/ogg",
};

/** As what something is served: what its bytes say, whatever its own server calls it. */
export function contentTypeFor(content: Content): string {
  if (content.kind === "image") return `image/${content.format}`;
  return (content.kind === "film" ? films : sounds)[content.demuxer];
}
