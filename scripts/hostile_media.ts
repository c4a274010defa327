import { Buffer } from "node:buffer";
import { constants, createDeflate } from "node:zlib";
import sharp from "sharp";

/**
 * A collection of files that mean harm to whoever makes pictures, film and sound of them:
 *   deno run -A scripts/hostile_media.ts FOLDER    writes them, to be thrown at any server
 */

export interface HostileFile {
  name: string;
  /** What a client would say that it is. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** What has to become of it: refused, or taken with nothing left of what hides in it. */
  outcome: "refused" | "cleaned";
}

/** Words that must not be found in anything that is kept. */
export const marker = "alert(/riff-marker/)";

const script = `<script>${marker}</script>`;

/** Pictures, and what claims to be some; and playlists and containers that need no program to be made. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const jpeg = bytesOf(await plain().jpeg().toBuffer());
  const png = bytesOf(await plain().png().toBuffer());
  const refused = (name: string, type: string, bytes: Uint8Array<ArrayBuffer>): HostileFile => ({
    ...{ name, type, bytes },
    outcome: "refused",
  });
  const cleaned = (name: string, type: string, bytes: Uint8Array<ArrayBuffer>): HostileFile => ({
    ...{ name, type, bytes },
    outcome: "cleaned",
  });
  return [
    refused("bomb-50000x50000.png", "image/png", await pngBomb(50_000)),
    refused("10000-frames.gif", "image/gif", gifOfFrames(10_000)),
    refused("claims-60000x60000.gif", "image/gif", gifOfFrames(1, "\x60\xea")),
    refused("claims-65535x65535.jpg", "image/jpeg", claimsSize(jpeg)),
    refused("claims-2147483647.png", "image/png", patched(png, 16, [127, 255, 255, 255, 127, 255, 255, 255])),
    refused("truncated.jpg", "image/jpeg", jpeg.slice(0, jpeg.length / 2)),
    refused("truncated.png", "image/png", png.slice(0, png.length / 2)),
    refused(
      "header-only.webp",
      "image/webp",
      text("RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\x10\0\0\0\xff\xff\xff\xff\xff\xff"),
    ),
    refused("header-only.avif", "image/avif", text("\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf")),
    refused("garbage.jpg", "image/jpeg", join(jpeg.slice(0, 4), noise(5_000))),
    refused("script.svg", "image/svg+xml", text(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`)),
    refused(
      "svg-as.png",
      "image/png",
      text(`<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`),
    ),
    refused("entities.svg", "image/svg+xml", text(entities())),
    refused("page-as.jpg", "image/jpeg", text(`<!doctype html>${script}`)),
    refused("gif-and-script.gif", "image/gif", text(`GIF89a/*\0\0\0*/=1;${marker};`)),
    refused("document.pdf", "application/pdf", text(`%PDF-1.7\n${script}`)),
    refused("postscript-as.jpg", "image/jpeg", text("%!PS\n(/etc/passwd) (r) file")),
    refused(
      "magick.mvg",
      "image/png",
      text("push graphic-context\nimage over 0,0 0,0 'label:@/etc/passwd'\n"),
    ),
    refused("tagged.tiff", "image/tiff", bytesOf(await plain().tiff().toBuffer())),
    refused("phone.heic", "image/heic", text("\0\0\0\x18ftypheic\0\0\0\0mif1heic")),
    refused("empty.jpg", "image/jpeg", text("")),
    refused("one-byte.png", "image/png", text("\x89")),
    refused(
      "playlist.m3u8",
      "application/x-mpegurl",
      text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
    ),
    refused("playlist-as.mp4", "video/mp4", text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/\n")),
    refused("concat.txt", "video/mp4", text("ffconcat version 1.0\nfile /etc/passwd\n")),
    refused("session.sdp", "video/mp4", text("v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n")),
    refused("subtitles.avi", "video/avi", text("RIFF\xff\0\0\0AVI GAB2\0#EXTM3U\nfile:///etc/passwd\n")),
    refused("garbage.mp4", "video/mp4", join(text("\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), noise(50_000))),
    refused(
      "playlist-in.mp4",
      "video/mp4",
      text("\0\0\0\x18ftypmp42\0\0\0\0mp42isom#EXTM3U\nfile:///etc/passwd\n"),
    ),
    refused("garbage.webm", "video/webm", join(text("\x1aE\xdf\xa3"), noise(50_000))),
    refused("garbage.ogg", "audio/ogg", join(text("OggS\0\x02"), noise(5_000))),
    refused("tags-only.mp3", "audio/mpeg", join(text("ID3\x04\0\0\0\0\x7f\x7f"), text(script))),
    cleaned("page-behind.jpg", "image/jpeg", join(jpeg, text(script))),
    cleaned("archive-behind.png", "image/png", join(png, text(`PK\x03\x04${script}`))),
    cleaned("page-inside.jpg", "text/html", join(jpeg.slice(0, 2), comment(script), jpeg.slice(2))),
    cleaned("page-inside.png", "image/png", pngWithText(png, script)),
    cleaned("picture-as.mp4", "video/mp4", jpeg),
    cleaned("../../../etc/\0name\r\nX: y.jpg", "image/jpeg", jpeg),
  ];
}

function plain() {
  return sharp({
    create: {
      width: 200,
      height: 200,
      channels: 3,
      background: "#8a5",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });
}

/** A square of that many pixels, all of one colour: gigabytes once it is decoded, kilobytes before. */
async function pngBomb(side: number): Promise<Uint8Array<ArrayBuffer>> {
  const row = Buffer.alloc(1 + Math.ceil(side / 8));
  const deflate = createDeflate({ level: constants.Z_BEST_SPEED });
  const pieces: Uint8Array[] = [];
  deflate.on("data", (piece) => pieces.push(piece));
  const ended = new Promise((resolve) => deflate.on("end", resolve));
  const rows = Buffer.concat(Array.from({ length: 100 }, () => row));
  for (let written = 0; written < side; written += 100) {
    if (!deflate.write(rows)) await new Promise((resolve) => deflate.once("drain", resolve));
  }
  deflate.end();
  await ended;
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, side);
  head.setUint32(4, side);
  head.setUint8(8, 1); // one bit, grey
  return join(
    text("\x89PNG\r\n\x1a\n"),
    chunk("IHDR", new Uint8Array(head.buffer)),
    chunk("IDAT", join(...pieces)),
    chunk("IEND", new Uint8Array()),
  );
}

function gifOfFrames(count: number, side = "\x01\0"): Uint8Array<ArrayBuffer> {
  const head = text(`GIF89a${side}${side}\x80\0\0\0\0\0\xff\xff\xff`);
  const frame = text(`!\xf9\x04\0\x0a\0\0\0,\0\0\0\0${side}${side}\0\x02\x02D\x01\0`);
  return join(head, ...Array.from({ length: count }, () => frame), text(";"));
}

/** The size in its frame header, the largest there is. */
function claimsSize(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = jpeg.findIndex((byte, index) => byte === 0xff && jpeg[index + 1] === 0xc0);
  return patched(jpeg, at + 5, [255, 255, 255, 255]);
}

function entities(): string {
  const lines = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
  return `<!DOCTYPE svg [<!ENTITY e0 "riff">${
    lines.join("")
  }]><svg xmlns="http://www.w3.org/2000/svg"><text>&e9;</text></svg>`;
}

function comment(words: string): Uint8Array<ArrayBuffer> {
  return join(new Uint8Array([0xff, 0xfe, 0, words.length + 2]), text(words));
}

function pngWithText(png: Uint8Array<ArrayBuffer>, words: string): Uint8Array<ArrayBuffer> {
  return join(png.slice(0, 33), chunk("tEXt", text(`Comment\0${words}`)), png.slice(33));
}

function chunk(name: string, data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const body = join(text(name), data);
  const [length, sum] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
  length.setUint32(0, data.length);
  sum.setUint32(0, crc(body));
  return join(new Uint8Array(length.buffer), body, new Uint8Array(sum.buffer));
}

/** CRC-32 as PNG has it. */
function crc(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function noise(length: number): Uint8Array<ArrayBuffer> {
  let seed = 7;
  return Uint8Array.from({ length }, () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) & 255);
}

function patched(bytes: Uint8Array<ArrayBuffer>, at: number, with_: number[]): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy.set(with_, at);
  return copy;
}

function text(latin1: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return bytesOf(Buffer.concat(parts));
}

function bytesOf(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}

if (import.meta.main) {
  const [folder = "hostile-media"] = Deno.args;
  await Deno.mkdir(folder, { recursive: true });
  for (const { name, bytes } of await hostileFiles()) {
    await Deno.writeFile(`${folder}/${name.replaceAll(/[^\w.-]/g, "_")}`, bytes);
  }
}
