import type { Account } from "../accounts/account.ts";
import type { Visibility } from "../auth/member.ts";
import type { Ctx } from "../base/ctx.ts";
import { Invalid, NotFound } from "../base/errors.ts";
import type { QuoteDraft, QuoteSaid } from "../quotes/quote.ts";
import { verdictFor } from "./policy.ts";
import { isPublic, type Post } from "./post.ts";
import { seenOriginal } from "./seen.ts";

/** Whether a post may quote another, and whom that takes. */

/** What a member quotes, and how that stands at first. Throws `NotFound` where they may not, as Mastodon does. */
export async function quoteBy(
  ctx: Ctx,
  who: Account,
  id: string,
): Promise<{ quoted: Post; quote: QuoteDraft }> {
  const missing = new NotFound("The post you are trying to quote does not appear to exist.");
  const quoted = await seenOriginal(ctx, who, id).catch((error) => {
    throw error instanceof NotFound ? missing : error;
  });
  const verdict = await verdictFor(ctx, who, quoted, "quote");
  const isAgreed = quoted.authorId === who.id || (quoted.isLocal && verdict === "automatic");
  if (verdict === "denied" || (quoted.isLocal && !isAgreed)) throw missing;
  const state = isAgreed ? "accepted" : "pending";
  return { quoted, quote: { quotedId: quoted.id, quotedUri: quoted.uri, state, stampUri: null } };
}

/** What is for followers reaches no further by being quoted. Who is quoted in a message has to get it. */
export function reachOf(
  asked: Visibility,
  quoted: Post,
  mentions: readonly { id: string }[],
  who: Account,
): Visibility {
  if (
    asked === "direct" && quoted.authorId !== who.id && !mentions.some(({ id }) => id === quoted.authorId)
  ) {
    throw new Invalid("Validation failed: Cannot quote a non-mentioned user in a Private Mention post.");
  }
  return isPublic(quoted) || asked === "direct" ? asked : "private";
}

/**
 * How a quote from elsewhere stands when it comes. Who knows of no consent has not asked for it: then what the quoted
 * author has said for everybody counts, and of those who have never heard of it either, nobody expects any.
 */
export async function quoteFrom(
  ctx: Ctx,
  author: Pick<Account, "id" | "uri">,
  { uri, stampUri, isLegacy }: QuoteSaid,
  quoted: Post | undefined,
): Promise<QuoteDraft> {
  const quote = { quotedId: quoted?.id ?? null, quotedUri: quoted?.uri ?? uri, stampUri };
  if (!quoted) return { ...quote, state: "pending" };
  const isUsual = isLegacy && !quoted.isLocal && !quoted.policy.quote && isPublic(quoted);
  const isAgreed = quoted.authorId === author.id || isUsual ||
    (isLegacy && await verdictFor(ctx, author, quoted, "quote") === "automatic");
  return { ...quote, state: isAgreed ? "accepted" : "pending" };
}
