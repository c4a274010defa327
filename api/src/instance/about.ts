import type { Ctx } from "../base/ctx.ts";
import { type Instance, instance, recount } from "./store.ts";

/** Minutes for which a count is good enough. */
const fresh = 10;

/** What this server says of itself, with numbers that are at most ten minutes old. */
export async function aboutInstance(ctx: Ctx): Promise<Instance> {
  const known = await instance(ctx.db);
  const before = ctx.now().subtract({ minutes: fresh });
  if (known.countedAt && Temporal.Instant.compare(known.countedAt, before) > 0) return known;
  await recount(ctx.db, ctx.now(), before);
  return await instance(ctx.db);
}

/** Whether film and sound may be uploaded: they need programs that not every machine has. */
export async function takesFilm({ programs }: Ctx): Promise<boolean> {
  return await programs.has("ffmpeg") && await programs.has("ffprobe");
}
