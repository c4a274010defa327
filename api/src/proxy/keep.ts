import { createHash } from "node:crypto";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Refusal } from "../base/errors.ts";
import { FetchFailed } from "../base/fetched.ts";
import { gate } from "../base/gate.ts";
import { together } from "../base/together.ts";
import { makeSmall, type Purpose } from "../media/image.ts";
import type { RemoteThing } from "../media/addresses.ts";
import { contentTypeFor } from "./content_type.ts";
import { Download } from "./download.ts";
import { type Cached, insertCached, insertMissing } from "./store.ts";

/** What is to be had: its name among what is kept, and where it is. */
export interface Wanted {
  thing: RemoteThing;
  name: string;
  url: string;
  /** How that went before. */
  before: Cached | null;
}

/** Downloads at once, and those that wait. */
const fewAtOnce = gate(16, 400);

/** Seconds before asking again for what could not be had, doubled each time; and the longest. */
const pause = 60;
const longestPause = 24 * 60 * 60;

const pictures = "image/webp, image/avif, image/*;q=0.9";
const everything = `${pictures}, video/*;q=0.8, audio/*;q=0.8`;

/** Where the bytes of a name lie in the cache. */
export function cachedFile(name: string): string {
  return `${createHash("sha256").update(name).digest("hex").slice(0, 32)}/bytes`;
}

/** Fetches a picture and keeps its small preview. Whoever wants the same meanwhile waits along. Throws `FetchFailed`. */
export async function keepSmall(ctx: Ctx, wanted: Wanted): Promise<void> {
  await together(ctx, `media ${wanted.name}`, () =>
    fewAtOnce(() =>
      orNoted(ctx, wanted, async () => {
        const { path, content } = await new Download(ctx, wanted.url, await newFile(ctx), pictures).whole;
        try {
          if (content.kind !== "image") throw new FetchFailed("unreadable", "This is no picture");
          const small = await makeSmall(ctx, path, purposeOf(wanted.thing)).catch(unreadable);
          await keep(ctx, wanted, { path: small, contentType: "image/webp" });
        } finally {
          await Deno.remove(path).catch(() => {});
        }
      })
    ));
}

/** What is on its way. */
export interface Arriving {
  /** It can be read meanwhile. */
  download: Download;
  /** Resolves when it is in the cache. */
  kept: Promise<void>;
}

/**
 * Fetches something as it is and keeps it. Resolves when it is clear what it is; undefined where somebody else had
 * begun, and it is in the cache now. Throws `FetchFailed`.
 */
export async function keepWhole(ctx: Ctx, wanted: Wanted): Promise<Arriving | undefined> {
  const key = `media ${wanted.name}`;
  const begun = ctx.underWay.get(key);
  if (begun) return void await begun;
  const started = Promise.withResolvers<Download>();
  const kept = together(ctx, key, () =>
    fewAtOnce(() =>
      orNoted(ctx, wanted, async () => {
        const download = new Download(ctx, wanted.url, await newFile(ctx), everything);
        download.content.then(() => started.resolve(download), started.reject);
        const { path, content } = await download.whole;
        await keep(ctx, wanted, { path, contentType: contentTypeFor(content) });
      })
    ));
  kept.catch(started.reject);
  return { download: await started.promise, kept };
}

async function newFile(ctx: Ctx): Promise<string> {
  return `${await ctx.files.incoming()}/${crypto.randomUUID()}`;
}

/** Moves a file into the cache, and what has to go for it out of it. */
async function keep(
  ctx: Ctx,
  { name, url }: Wanted,
  { path, contentType }: { path: string; contentType: string },
): Promise<void> {
  const { size: bytes } = await Deno.stat(path);
  const cap = ctx.config.mediaCacheBytes;
  const forgotten = await transaction(
    ctx,
    ({ db }) => insertCached(db, { name, url, contentType, bytes, at: ctx.now() }, cap),
  );
  await forget(ctx, forgotten.filter((one) => one !== name));
  const to = ctx.files.cache.pathOf(cachedFile(name));
  await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
  await Deno.rename(path, to);
}

/** Takes these out of the cache, whose rows are gone. */
export async function forget(ctx: Ctx, names: readonly string[]): Promise<void> {
  for (const name of names) await ctx.files.cache.remove(cachedFile(name));
}

/** What could not be had is noted, so that it is not asked for again at once. */
async function orNoted(ctx: Ctx, { name, url, before }: Wanted, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof FetchFailed) {
      const seconds = error.permanent ? longestPause : pause * 2 ** Math.min(before?.attempts ?? 0, 12);
      const retryAt = ctx.now().add({ seconds: Math.min(longestPause, seconds) });
      await insertMissing(ctx.db, { name, url, retryAt, at: ctx.now() });
    }
    throw error;
  }
}

function unreadable(cause: unknown): never {
  if (!(cause instanceof Refusal) || cause.status === 503) throw cause;
  throw new FetchFailed("unreadable", cause.message, { cause });
}

function purposeOf({ what }: RemoteThing): Purpose {
  return what === "card" ? "attachment" : what;
}
