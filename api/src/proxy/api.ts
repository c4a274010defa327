import { type Call, open, type Route } from "../auth/access.ts";
import { NotFound } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { type Limit, spendOrRefuse } from "../base/limits.ts";
import { readRemoteName, toldTo } from "../media/addresses.ts";
import { answerKept, mediaHeaders, readRange } from "../media/files_api.ts";
import { contentTypeFor } from "./content_type.ts";
import { cachedFile, keepSmall, keepWhole, type Wanted } from "./keep.ts";
import { type Cached, noteUsed, shownAs } from "./store.ts";

/** Pictures, film and sound of other servers, fetched for members and kept for a while. */
export const api: Route[] = [
  open("GET", "/media/remote/:name/:signature", async (c) => {
    const { ctx } = c.var;
    const name = c.req.param("name") ?? "";
    const thing = readRemoteName(name);
    const shown = thing && await shownAs(ctx.db, thing, name);
    const told = shown && toldTo(ctx, thing, shown.url, c.req.param("signature") ?? "");
    if (!told) throw new NotFound();
    const here = shown.cached?.contentType && await fromCache(c, name, shown.cached);
    if (here) return here;
    if (told === "strangers" || isHopeless(c, shown.cached)) throw new NotFound();
    await spendOrRefuse(ctx, perAddress, c.var.address);
    return await fetched(c, { thing, name, url: shown.url, before: shown.cached });
  }),
];

/** Nobody looks at more, and nobody shall have us fetch more. */
const perAddress: Limit = { name: "media fetched for", most: 1_000, seconds: 300 };

/** How exactly is known when something was looked at last. */
const roughly = { hours: 1 };

/** It could not be had a moment ago. */
function isHopeless(c: Call, cached: Cached | null): boolean {
  return !!cached?.retryAt && Temporal.Instant.compare(cached.retryAt, c.var.ctx.now()) > 0;
}

/** Undefined where its bytes are not there: on another machine perhaps, or thrown away. */
async function fromCache(c: Call, name: string, cached: Cached): Promise<Response | undefined> {
  const { ctx } = c.var;
  const etag = `"${c.req.param("signature")}"`;
  mediaHeaders(c, cached.contentType!);
  c.header("etag", etag);
  if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304);
  const kept = await ctx.files.cache.get(cachedFile(name), readRange(c.req.header("range")));
  if (!kept) return undefined;
  const now = ctx.now();
  if (Temporal.Instant.compare(cached.lastUsedAt, now.subtract(roughly)) < 0) {
    await noteUsed(ctx.db, name, now);
  }
  return await answerKept(c, kept);
}

/** The whole is passed on while it comes; of a part, and of a preview, all has to be there first. */
async function fetched(c: Call, wanted: Wanted): Promise<Response> {
  const { ctx } = c.var;
  try {
    if (wanted.thing.isSmall) {
      await keepSmall(ctx, wanted);
    } else {
      const arriving = await keepWhole(ctx, wanted);
      if (arriving && c.req.header("range") === undefined && c.req.method === "GET") {
        mediaHeaders(c, contentTypeFor(await arriving.download.content));
        return c.body(await arriving.download.read(), 200);
      }
      await arriving?.kept;
    }
  } catch (error) {
    if (error instanceof FetchFailed) throw new NotFound();
    throw error;
  }
  const again = await shownAs(ctx.db, wanted.thing, wanted.name);
  const here = again?.cached?.contentType && await fromCache(c, wanted.name, again.cached);
  if (!here) throw new NotFound();
  return here;
}
