import { type Call, open, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { type ByteRange, contentTypeOf, type Kept } from "../base/files/shelf.ts";

/** Where browsers and servers fetch our media. Whoever knows the address may, so nobody is asked who they are. */
export const api: Route[] = [
  open("GET", "/media/:key{[0-9a-f]{32}}/:name{(?:original\\.[a-z0-9]{3,4}|small\\.webp)}", async (c) => {
    const name = `${c.req.param("key")}/${c.req.param("name")}`;
    const type = contentTypeOf(name);
    if (!type) throw new NotFound();
    mediaHeaders(c, type);
    c.header("etag", `"${name}"`);
    if (c.req.header("if-none-match")?.includes(`"${name}"`)) return c.body(null, 304);
    const { folder, bucket } = c.var.ctx.files;
    const range = readRange(c.req.header("range"));
    const kept = await folder.get(name, range) ?? await bucket?.get(name, range);
    if (!kept) throw new NotFound();
    return answerKept(c, kept);
  }),
];

/**
 * How all media are answered, ours and others': as what they are and nothing else, without any power over what is
 * around them, for every site, and for good, because what is under an address never changes.
 */
export function mediaHeaders(c: Call, type: string): void {
  c.header("content-type", type);
  c.header("x-content-type-options", "nosniff");
  c.header("content-security-policy", "default-src 'none'; media-src 'self'; img-src 'self'; sandbox");
  c.header("cache-control", "public, max-age=31536000, immutable");
  c.header("access-control-allow-origin", "*");
  c.header("access-control-expose-headers", "Content-Length, Content-Range, ETag");
  c.header("cross-origin-resource-policy", "cross-origin");
  c.header("accept-ranges", "bytes");
}

/** One range; several at once are answered with the whole, as anybody may (RFC 9110, section 14.2). */
export function readRange(header: string | undefined): ByteRange | undefined {
  const [, first = "", last = ""] = header?.match(/^bytes=(\d{0,15})-(\d{0,15})$/) ?? [];
  if (first === "" && last === "") return undefined;
  return { first: first === "" ? undefined : Number(first), last: last === "" ? undefined : Number(last) };
}

/** With what is kept, or the part of it that was asked for. The other headers are set by then. */
export async function answerKept(c: Call, { body, bytes, part }: Kept): Promise<Response> {
  if (part && part.last < part.first) {
    await body.cancel();
    c.header("content-range", `bytes */${bytes}`);
    return c.body(null, 416);
  }
  const length = part ? part.last - part.first + 1 : bytes;
  c.header("content-length", String(length));
  if (part) c.header("content-range", `bytes ${part.first}-${part.last}/${bytes}`);
  const status = part ? 206 : 200;
  if (c.req.method !== "HEAD") return c.body(body as ReadableStream, status);
  await body.cancel();
  return c.body(null, status);
}
