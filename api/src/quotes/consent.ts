import type { Ctx } from "../base/ctx.ts";
import { transaction } from "../base/db.ts";
import { emit } from "../base/events.ts";
import type { Quote, QuoteDraft } from "./quote.ts";
import { deleteQuote, insertQuote, moveQuote, quoteByPost, setStamp } from "./store.ts";

/**
 * Notes that a new post quotes something, and what follows from that: where consent is there, the quoted author
 * hears of it; where `isOurs`, theirs is asked for; where another server says that it is there, that is looked into.
 * Within the transaction that makes the post.
 */
export async function beginQuote(
  ctx: Ctx,
  postId: string,
  quote: QuoteDraft,
  isOurs: boolean,
): Promise<void> {
  if (!await insertQuote(ctx.db, postId, quote)) return;
  if (quote.state === "accepted" && quote.quotedId) {
    await emit(ctx, "post.quoted", { postId, quotedId: quote.quotedId, requestUri: null });
  }
  if (quote.state !== "pending") return;
  if (isOurs) await emit(ctx, "quote.asked", { postId });
  else if (quote.stampUri) await emit(ctx, "quote.claimed", { postId });
}

/**
 * The quoted author agrees: as `stampUri` says, if they live elsewhere, and as `requestUri` asked for, if the other
 * does, who is then told once more. What was taken back is not given again.
 */
export async function acceptQuote(
  ctx: Ctx,
  { postId, quotedId }: Pick<Quote, "postId" | "quotedId">,
  { stampUri, requestUri = null }: { stampUri?: string; requestUri?: string | null },
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const isNew = await moveQuote(ctx.db, postId, {
      from: ["pending", "rejected"],
      to: "accepted",
      stampUri,
    });
    if ((isNew || requestUri) && quotedId) await emit(ctx, "post.quoted", { postId, quotedId, requestUri });
  });
}

/** The quoted author does not agree, or no longer. Twice is once. */
export async function endQuote(ctx: Ctx, { postId, quotedId, state }: Quote): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const to = state === "accepted" ? "revoked" : "rejected";
    if (!await moveQuote(ctx.db, postId, { from: ["pending", "accepted"], to })) return;
    await emit(ctx, "quote.ended", { postId, quotedId });
  });
}

/**
 * What a post from elsewhere quotes may change with it: it comes to quote something, or nothing any more, or says by
 * now that it has consent.
 */
export async function requote(ctx: Ctx, postId: string, present: QuoteDraft | undefined): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const before = await quoteByPost(ctx.db, postId);
    if (before?.state === "revoked") return; // what was taken back is not asked for again
    if (before && before.quotedUri !== present?.quotedUri) await deleteQuote(ctx.db, postId);
    if (!present) return;
    if (before?.quotedUri !== present.quotedUri) return await beginQuote(ctx, postId, present, false);
    if (before.state === "pending" && present.stampUri && before.stampUri !== present.stampUri) {
      await setStamp(ctx.db, postId, present.stampUri);
      await emit(ctx, "quote.claimed", { postId });
    }
  });
}
