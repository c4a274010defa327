import type { Ctx } from "../base/ctx.ts";
import { Invalid } from "../base/errors.ts";
import { ProgramFailed, type RunLimits } from "../base/programs.ts";
import type { Content } from "./content.ts";
import { type MadeImage, makeImage } from "./image.ts";
import { input, mostWritten, probe, type Probed, unreadable } from "./probe.ts";
import { maxFilmSeconds, maxSoundSeconds } from "../instance/media_limits.ts";

/** Film and sound as they are kept: one form for each that every browser plays, and nothing else in the file. */

/** What a minute of work may cost at the most; all of it behind everything else, and one at a time. */
const working: RunLimits = { seconds: 20 * 60, bytes: 1.5 * 1024 ** 3, fileBytes: mostWritten };

/** Pixels of a film that has to be written anew: 720p, because this is a small machine. */
const rewrittenPixels = 1_280 * 720;

/** A film or sound in temporary files. */
export interface MadeFilm {
  original: { path: string; extension: string };
  small?: { path: string };
  kind: "video" | "audio";
  probed: Probed;
  poster?: MadeImage;
}

/** Whether this machine can make anything of film and sound; throws `Invalid` with what is missing. */
export async function requireFfmpeg(ctx: Ctx): Promise<void> {
  for (const program of ["ffmpeg", "ffprobe"]) {
    if (await ctx.programs.has(program)) continue;
    throw new Invalid(
      `Validation failed: This server takes no film or sound, because ${program} is not installed on it`,
    );
  }
}

/** Makes what is kept of what somebody sent. Throws `Invalid` where that can't be. */
export async function makeFilm(
  ctx: Ctx,
  path: string,
  { demuxer }: Exclude<Content, { kind: "image" }>,
): Promise<MadeFilm> {
  const found = await probe(ctx, path, demuxer);
  const extension = found.film ? "mp4" : "mp3";
  const made = `${await ctx.files.incoming()}/${crypto.randomUUID()}.${extension}`;
  try {
    const how = found.film ? filmArgs(found) : soundArgs(found);
    await ffmpeg(ctx, [...input(path, demuxer), ...bare, ...how, "-f", extension, `file:${made}`]);
    const probed = await probe(ctx, made, found.film ? "mov" : "mp3");
    if (!probed.film) return { original: { path: made, extension }, kind: "audio", probed };
    const poster = await posterOf(ctx, made);
    return { original: { path: made, extension }, small: poster.small, kind: "video", probed, poster };
  } catch (error) {
    await Deno.remove(made).catch(() => {});
    throw error;
  }
}

/** Of all that a file holds only its first film and sound, and none of what it tells of itself. */
const bare = [
  ...["-map", "0:V:0?", "-map", "0:a:0?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"],
  ...["-fflags", "+bitexact", "-threads", "1"],
];

/** What every browser plays already is only put into a new file. */
function filmArgs({ film, soundCodec }: Probed): string[] {
  const { codec, pixelFormat, width, height } = film!;
  const playsAsIs = codec === "h264" && /^yuvj?420p$/.test(pixelFormat);
  const scale = Math.min(1, Math.sqrt(rewrittenPixels / (width * height)));
  const even = (side: string) => `trunc(${side}*${scale.toFixed(4)}/2)*2`;
  const pictures = playsAsIs ? ["-c:v", "copy"] : [
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "24", "-maxrate", "2500k", "-bufsize", "5000k"],
    ...["-pix_fmt", "yuv420p", "-fpsmax", "60", "-vf", `scale=${even("iw")}:${even("ih")}`],
  ];
  const sound = soundCodec === "aac" ? ["-c:a", "copy"] : ["-c:a", "aac", "-b:a", "128k", "-ac", "2"];
  return [...pictures, ...sound, "-t", String(maxFilmSeconds + 1), "-movflags", "+faststart"];
}

function soundArgs({ soundCodec }: Probed): string[] {
  const how = soundCodec === "mp3" ? ["-c:a", "copy"] : ["-c:a", "libmp3lame", "-q:a", "3", "-ac", "2"];
  return [...how, "-vn", "-t", String(maxSoundSeconds + 1), "-id3v2_version", "0"];
}

/** The first frame. */
async function posterOf(ctx: Ctx, film: string): Promise<MadeImage> {
  const frame = `${await ctx.files.incoming()}/${crypto.randomUUID()}.png`;
  try {
    await ffmpeg(ctx, [...input(film, "mov"), "-frames:v", "1", "-an", "-f", "image2", "-y", frame]);
    const poster = await makeImage(ctx, frame, "attachment");
    await Deno.remove(poster.original.path);
    return poster;
  } finally {
    await Deno.remove(frame).catch(() => {});
  }
}

async function ffmpeg(ctx: Ctx, args: readonly string[]): Promise<void> {
  await ctx.programs.run("ffmpeg", ["-v", "error", "-nostdin", "-y", ...args], working).catch((cause) => {
    if (!(cause instanceof ProgramFailed)) throw cause;
    ctx.log.info("A film or sound could not be made ready", { reason: cause.message });
    throw unreadable();
  });
}
