import type { Flag } from "@fedify/vocab";
import { fetchAccount } from "../accounts/remote.ts";
import { accountsById } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { report } from "./reporting.ts";
import { reportedAt } from "./store.ts";

/** More than this in one report explains nothing better. */
const mostObjects = 100;
const longestComment = 5_000;

/**
 * Somebody elsewhere, mostly a whole server, reports people here. Some name them and their posts, in any order,
 * others a post alone: its author is meant.
 */
export async function onFlag(ctx: Ctx, flag: Flag): Promise<void> {
  const uris = flag.objectIds.slice(0, mostObjects).map((uri) => uri.href);
  const reported = await reportedAt(ctx.db, uris);
  if (reported.length === 0) return;
  const who = await fetchAccount(ctx, flag.actorId!);
  const accounts = await accountsById(ctx.db, reported.map(({ accountId }) => accountId));
  for (const whom of accounts.values()) {
    await report(ctx, who, whom, {
      uri: flag.id?.href,
      postIds: reported.flatMap(({ accountId, postId }) => accountId === whom.id && postId ? [postId] : []),
      comment: String(flag.content ?? "").slice(0, longestComment),
    });
  }
}
