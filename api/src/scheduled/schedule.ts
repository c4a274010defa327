import type { Account } from "../accounts/account.ts";
import { newId } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import { requireShowable } from "../media/show_in_post.ts";
import { freeHeld, holdUploads } from "../media/store.ts";
import { draftOf, type Publication } from "../posts/draft.ts";
import { isDraft, leastAhead, type Scheduled } from "./scheduled.ts";
import { deleteScheduled, insertScheduled, lockScheduled, scheduledById, updateDue } from "./store.ts";

/** As on Mastodon. Drafts count among all. */
const mostScheduled = 300;
const mostADay = 25;

/**
 * Keeps what somebody has written until its time, with what it will show. Refuses what could not be published now. The
 * same idempotency key again is what was kept then.
 */
export async function schedule(
  ctx: Ctx,
  who: Account,
  publication: Publication,
  dueAt: Temporal.Instant,
): Promise<Scheduled> {
  requireAhead(ctx, dueAt);
  await draftOf(ctx, who, publication);
  return await transaction(ctx, async (ctx) => {
    const scheduled = { id: await newId(ctx.db, ctx.now()), accountId: who.id, dueAt, publication };
    const earlier = await insertScheduled(ctx.db, scheduled);
    if (earlier) return (await scheduledById(ctx.db, who.id, earlier))!;
    await requireRoom(ctx, scheduled);
    const ids = publication.media_ids;
    if (ids.length > 0) {
      await requireShowable(ctx, { id: scheduled.id, authorId: who.id }, ids);
      await holdUploads(ctx.db, scheduled.id, ids);
    }
    return scheduled;
  });
}

/** Has it wait for another time. */
export async function reschedule(
  ctx: Ctx,
  scheduled: Scheduled,
  dueAt: Temporal.Instant,
): Promise<Scheduled> {
  requireAhead(ctx, dueAt);
  return await transaction(ctx, async (ctx) => {
    await updateDue(ctx.db, scheduled.id, dueAt);
    await requireRoom(ctx, { ...scheduled, dueAt });
    const present = await scheduledById(ctx.db, scheduled.accountId, scheduled.id);
    if (!present) throw new NotFound(); // published at this very moment
    return present;
  });
}

/** It is not published after all. Its uploads may be shown elsewhere, for a day. */
export async function unschedule(ctx: Ctx, { id }: Scheduled): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await freeHeld(ctx.db, id, ctx.now());
    await deleteScheduled(ctx.db, id);
  });
}

function requireAhead(ctx: Ctx, dueAt: Temporal.Instant): void {
  if (Temporal.Instant.compare(dueAt, ctx.now().add(leastAhead)) >= 0) return;
  throw new Invalid("Validation failed: Scheduled at must be at least 5 minutes in the future");
}

/** It is there already, and counts. */
async function requireRoom(ctx: Ctx, { accountId, dueAt }: Scheduled): Promise<void> {
  const midnight = dueAt.toZonedDateTimeISO("UTC").startOfDay();
  const day = { from: midnight.toInstant(), to: midnight.add({ days: 1 }).toInstant() };
  const { all, thatDay } = await lockScheduled(ctx.db, accountId, day);
  if (all > mostScheduled) {
    throw new Invalid(`Validation failed: You have exceeded the limit of ${mostScheduled} scheduled posts`);
  }
  if (thatDay > mostADay && !isDraft({ dueAt }, ctx.now())) {
    throw new Invalid(
      `Validation failed: You have exceeded the limit of ${mostADay} scheduled posts for that day`,
    );
  }
}
