/** Where bytes are kept: names such as `0f3c.../original.jpg`, and what lies under them. */
export interface Shelf {
  /** Keeps a copy of this file. When it resolves, the bytes are safe. The same again is the same. */
  put(name: string, path: string): Promise<void>;
  /** Opens it, or a part of it; undefined where there is none. Throws `Unavailable` where nobody answers. */
  get(name: string, range?: ByteRange): Promise<Kept | undefined>;
  /** How many bytes it has; undefined where there is none. */
  size(name: string): Promise<number | undefined>;
  /** Removing what is not there does nothing. */
  remove(name: string): Promise<void>;
  /** All that is kept, in no order. */
  list(): AsyncIterable<{ name: string; bytes: number; at: Temporal.Instant }>;
}

/** A shelf on our own disk. */
export interface Folder extends Shelf {
  /** Where the bytes of a name lie, or would lie. */
  pathOf(name: string): string;
}

/** As `Range` says it: without `first` the last so many bytes, without `last` to the end. */
export interface ByteRange {
  first?: number;
  last?: number;
}

/** What is kept under a name, opened. Whoever takes it reads it to its end or cancels it. */
export interface Kept {
  body: ReadableStream<Uint8Array>;
  /** Of the whole. */
  bytes: number;
  /** Which part this is, both ends included; undefined where it is the whole. */
  part?: { first: number; last: number };
}

/** Content types by what a name ends with: fixed, whatever anybody said when it came. */
export const contentTypes: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  mp4: "video/mp4",
  mp3: "audio/mpeg",
};

/** What is kept under this name; undefined for a name that we would not give. */
export function contentTypeOf(name: string): string | undefined {
  return contentTypes[name.split(".").at(-1) ?? ""];
}

/** Which bytes of so many a range means; undefined where there are none such (416). */
export function resolveRange(
  { first, last }: ByteRange,
  bytes: number,
): { first: number; last: number } | undefined {
  const from = first ?? Math.max(0, bytes - (last ?? 0));
  const to = first === undefined ? bytes - 1 : Math.min(last ?? Infinity, bytes - 1);
  return from <= to && from < bytes ? { first: from, last: to } : undefined;
}

/** What a range beyond the end is answered with: none of so many bytes. */
export function nothingOf(bytes: number): Kept {
  return { body: new Blob([]).stream(), bytes, part: { first: 0, last: -1 } };
}
