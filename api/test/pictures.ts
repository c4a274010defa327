import sharp from "sharp";
import type { Answer, Person } from "./person.ts";

/** Pictures for tests: each half red, half blue, so that it can be told which way up it is. */

export interface Picture {
  width?: number;
  height?: number;
  format?: "jpeg" | "png" | "webp" | "gif" | "avif";
  /** Of one that moves. */
  frames?: number;
  /** As cameras write them: the picture lies on its side, and the file tells where it was taken. */
  isFromCamera?: boolean;
}

/** The bytes of a picture; the upper half is red, the lower one blue. */
export async function picture(
  { width = 60, height = 40, format = "jpeg", frames = 1, isFromCamera = false }: Picture = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const half = { width, height: height / 2, channels: 3 } as const;
  const red = await sharp({ create: { ...half, background: "#f00" } }).png().toBuffer();
  const frame = async (index: number) =>
    await sharp({ create: { width, height, channels: 3, background: index % 2 ? "#00e" : "#00f" } })
      .composite([{ input: red, top: 0, left: 0 }]).removeAlpha().png().toBuffer();
  const all = await Promise.all(Array.from({ length: frames }, (_, index) => frame(index)));
  let image = frames > 1 ? sharp(all, { join: { animated: true } }) : sharp(all[0]);
  if (isFromCamera) {
    image = image.rotate(90).withMetadata({ orientation: 8 }).withExifMerge({
      IFD0: { Make: "Kodak" },
      IFD3: { GPSLatitudeRef: "S", GPSLatitude: "43/1 31/1 0/1" },
    });
  }
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

/** A form with this file. */
export function form(
  bytes: Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
  { field = "file", name = "kea.jpg", type = "image/jpeg" } = {},
): FormData {
  const data = new FormData();
  for (const [key, value] of Object.entries(more)) data.append(key, value);
  data.append(field, new File([bytes], name, { type }));
  return data;
}

/** Uploads a picture as an app does, and answers the attachment. */
export async function uploaded(
  person: Person,
  bytes?: Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
): Promise<Answer["json"]> {
  const { status, json } = await person.post("/api/v2/media", form(bytes ?? await picture(), more));
  if (status !== 200) throw new Error(`It was not taken: ${status} ${JSON.stringify(json)}`);
  return json;
}

/** What is at an address of ours, asked of the world that it is in. */
export async function bytesAt(
  base: string,
  url: string,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number; headers: Headers; bytes: Uint8Array<ArrayBuffer> }> {
  const { pathname } = new URL(url);
  const response = await fetch(new URL(pathname, base), { headers, method });
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

/** The colour of one pixel, as `rgb`, each of three steps: dark, middle, light. */
export async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<string> {
  const { data, info } = await sharp(bytes).removeAlpha().toColourspace("srgb").raw()
    .toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)].map((value) => value < 85 ? 0 : value < 170 ? 1 : 2).join("");
}

export const red = "200";
export const blue = "002";
