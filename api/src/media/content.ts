/** What a file really is: told by its first bytes, never by its name or by what somebody says of it. */

/** What we can make something of. `demuxer` is the only one of ffmpeg's that may read it. */
export type Content =
  | { kind: "image"; format: "jpeg" | "png" | "gif" | "webp" | "avif" }
  | { kind: "film" | "sound"; demuxer: "mov" | "matroska" | "ogg" | "mp3" | "flac" | "wav" };

/** So many bytes tell. */
const telling = 64;

/** What lies in this file; undefined where it is nothing that we know. */
export async function contentOf(path: string): Promise<Content | undefined> {
  using file = await Deno.open(path);
  const head = new Uint8Array(telling);
  const read = await file.read(head);
  return contentIn(head.subarray(0, read ?? 0));
}

/** The same of the first bytes. */
export function contentIn(head: Uint8Array): Content | undefined {
  const text = String.fromCharCode(...head);
  if (text.startsWith("\xff\xd8\xff")) return { kind: "image", format: "jpeg" };
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return { kind: "image", format: "png" };
  if (/^GIF8[79]a/.test(text)) return { kind: "image", format: "gif" };
  if (/^RIFF[^]{4}WEBP/.test(text)) return { kind: "image", format: "webp" };
  if (/^RIFF[^]{4}WAVE/.test(text)) return { kind: "sound", demuxer: "wav" };
  if (/^[^]{4}ftypavi[fs]/.test(text)) return { kind: "image", format: "avif" };
  if (/^[^]{4}ftypM4A/.test(text)) return { kind: "sound", demuxer: "mov" };
  if (/^[^]{4}ftyp(?!hei|hev|mif|msf)/.test(text)) return { kind: "film", demuxer: "mov" };
  if (text.startsWith("\x1aE\xdf\xa3")) return { kind: "film", demuxer: "matroska" };
  if (text.startsWith("OggS")) return { kind: "sound", demuxer: "ogg" };
  if (text.startsWith("fLaC")) return { kind: "sound", demuxer: "flac" };
  if (text.startsWith("ID3") || isMpegFrame(head)) return { kind: "sound", demuxer: "mp3" };
}

/** Eleven bits of sync, then a layer and a bit rate that exist. */
function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02 && (third & 0xf0) !== 0xf0;
}
