import { type Chores, type Listeners, when } from "../base/events.ts";
import { writeDigests } from "./digest.ts";
import {
  forgetCollected,
  forgetEachOther,
  forgetFollows,
  forgetQuote,
  forgetReactions,
  forgetServer,
  tellBoosters,
  tellCollected,
  tellFollowers,
  tellMentioned,
  tellOfBoost,
  tellOfCollectionEdit,
  tellOfEnd,
  tellOfFavourite,
  tellOfFollow,
  tellOfQuote,
  tellOfReport,
  tellOfRequest,
  tellOfSeverance,
  tellOfSignUp,
  tellOfWarning,
  tellQuoters,
} from "./tell_store.ts";

export const chores: Chores = {
  digest: { cron: "23 * * * *", run: writeDigests },
};

/** Who is told of what. A deleted post takes what was told of it along by itself. */
export const listeners: Listeners = {
  "post.created": when(
    ({ hasMentions, isAwaited }) => hasMentions || isAwaited,
    // What the version before left to be done does not say which of the two it is.
    async (ctx, { postId }) => {
      await tellMentioned(ctx.db, postId);
      await tellFollowers(ctx.db, postId);
    },
  ),
  "post.edited": async (ctx, { postId }) => {
    await tellMentioned(ctx.db, postId);
    await tellBoosters(ctx.db, postId);
    await tellQuoters(ctx.db, postId);
  },

  "post.boosted": (ctx, { postId, accountId }) => tellOfBoost(ctx.db, postId, accountId),
  "post.favourited": (ctx, { postId, accountId }) => tellOfFavourite(ctx.db, postId, accountId),
  "post.unboosted": (ctx, { postId, accountId }) => forgetReactions(ctx.db, postId, accountId),
  "post.unfavourited": (ctx, { postId, accountId }) => forgetReactions(ctx.db, postId, accountId),

  "post.quoted": (ctx, { postId }) => tellOfQuote(ctx.db, postId),
  "quote.ended": (ctx, { postId }) => forgetQuote(ctx.db, postId),

  "poll.closed": (ctx, { pollId }) => tellOfEnd(ctx.db, pollId),

  "follow.requested": (ctx, { followerId, accountId }) => tellOfRequest(ctx.db, followerId, accountId),
  "follow.accepted": async (ctx, { followerId, accountId }) => {
    await forgetFollows(ctx.db, followerId, accountId);
    await tellOfFollow(ctx.db, followerId, accountId);
  },
  "follow.rejected": (ctx, { followerId, accountId }) => forgetFollows(ctx.db, followerId, accountId),
  "follow.ended": (ctx, { followerId, accountId }) => forgetFollows(ctx.db, followerId, accountId),

  "member.warned": (ctx, { warningId }) => tellOfWarning(ctx.db, warningId),
  "member.signedUp": (ctx, { accountId }) => tellOfSignUp(ctx.db, accountId),
  "report.made": (ctx, { reportId }) => tellOfReport(ctx.db, reportId),

  "collection.joined": (ctx, { collectionId, accountId }) => tellCollected(ctx.db, collectionId, accountId),
  "collection.left": (ctx, { collectionId, accountId }) => forgetCollected(ctx.db, collectionId, accountId),
  "collection.changed": (ctx, { collectionId }) => tellOfCollectionEdit(ctx.db, collectionId),

  "follows.severed": (ctx, { severanceId }) => tellOfSeverance(ctx.db, severanceId),
  "domain.blocked": (ctx, { accountId, domain }) => forgetServer(ctx.db, accountId, domain),

  "account.blocked": (ctx, { blockerId, accountId }) => forgetEachOther(ctx.db, blockerId, accountId),
};
