import type { Account } from "../accounts/account.ts";
import { type AccountEntity, showAccounts } from "../accounts/entity.ts";
import { anyone, type Call, member, type Method, type Route } from "../auth/access.ts";
import type { Ctx } from "../base/ctx.ts";
import { type Face, nameOf } from "../emoji/reaction.ts";
import { type ReactionEntity, showReactions } from "../emoji/reaction_entity.ts";
import { respond } from "../posts/answer.ts";
import type { Post } from "../posts/post.ts";
import { seenOriginal, seenPost } from "../posts/seen.ts";
import { chosenFace, react, unreact } from "./react.ts";
import { reactorsFor } from "./store.ts";

/** Mastodon has no emoji reactions. Apps know them in the words of those who do: all of them are answered. */

const pleromas = "/api/v1/pleroma/statuses/:id/reactions";
const fedibirds = "/api/v1/statuses/:id/emoji_reactions/:emoji";

/** Of so many of the latest who have reacted it is said who they are. */
const mostNamed = 80;

export const api: Route[] = [
  toggle("PUT", fedibirds, react),
  toggle("DELETE", fedibirds, unreact),
  toggle("PUT", `${pleromas}/:emoji`, react),
  toggle("DELETE", `${pleromas}/:emoji`, unreact),
  // glitch-soc
  toggle("POST", "/api/v1/statuses/:id/react/:emoji", react),
  toggle("POST", "/api/v1/statuses/:id/unreact/:emoji", unreact),

  anyone("GET", pleromas, "read:statuses", async (c) => c.json(await withPeople(c))),
  anyone("GET", `${pleromas}/:emoji`, "read:statuses", async (c) => {
    const name = c.req.param("emoji");
    return c.json((await withPeople(c)).filter((reaction) => reaction.name === name));
  }),
];

function toggle(
  method: Method,
  path: string,
  act: (ctx: Ctx, me: Account, post: Post, face: Face) => Promise<unknown>,
): Route {
  return member(method, path, "write:favourites", async (c) => {
    const { ctx, me } = c.var;
    const post = await seenOriginal(ctx, me, c.req.param("id") ?? "");
    await act(ctx, me, post, await chosenFace(ctx, c.req.param("emoji") ?? ""));
    return respond(c, me, post.id);
  });
}

/** What a post was answered with, and by whom. */
async function withPeople(c: Call): Promise<(ReactionEntity & { accounts: AccountEntity[] })[]> {
  const { ctx, viewer } = c.var;
  const post = await seenPost(ctx, viewer, c.req.param("id") ?? "");
  const postId = post.boostOfId ?? post.id;
  const [shown, reactors] = await Promise.all([
    showReactions(ctx, viewer, [postId]),
    reactorsFor(ctx.db, viewer, postId, mostNamed),
  ]);
  const accounts = await showAccounts(ctx, [...new Set(reactors.map(({ accountId }) => accountId))]);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return (shown.get(postId) ?? []).map((reaction) => ({
    ...reaction,
    accounts: reactors.filter((reactor) => nameOf(reactor) === reaction.name)
      .flatMap(({ accountId }) => byId.get(accountId) ?? []),
  }));
}
