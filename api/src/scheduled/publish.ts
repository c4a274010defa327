import { accountById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { Refusal } from "../base/errors.ts";
import { createPost } from "../posts/create.ts";
import { draftOf } from "../posts/draft.ts";
import { type Scheduled, someDay } from "./scheduled.ts";
import { dueScheduled, takeDue, updateDue } from "./store.ts";

/** So many a minute. */
const most = 500;

/** Publishes all whose time has come. One that fails is tried again in a minute, and holds up no other. */
export async function publishDue(ctx: Ctx): Promise<void> {
  const faults: unknown[] = [];
  for (const scheduled of await dueScheduled(ctx.db, ctx.now(), most)) {
    await publish(ctx, scheduled).catch((fault) => faults.push(fault));
  }
  if (faults.length > 0) throw faults[0];
}

/**
 * One transaction takes it away and makes the post: killed in between, neither has happened, and of several workers one
 * is first. What can't be published any more, because what it answers is gone, becomes a draft.
 */
async function publish(ctx: Ctx, { id, accountId, publication }: Scheduled): Promise<void> {
  try {
    const author = await accountById(ctx.db, accountId);
    if (!author) return;
    const draft = await draftOf(ctx, author, publication);
    await transaction(ctx, async (ctx) => {
      if (!await takeDue(ctx.db, id, ctx.now())) return;
      await createPost(ctx, { ...draft, idempotencyKey: undefined });
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await updateDue(ctx.db, id, someDay(ctx.now()));
  }
}
