import type { Account } from "../accounts/account.ts";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import type { Post } from "../posts/post.ts";

/** Reactions as ActivityStreams: ours to theirs. */

/** Somebody likes a post. */
export function toLike(who: Account, post: Post): JsonObject {
  return { type: "Like", actor: who.uri, object: post.uri };
}

/** The like that is to be undone. Nobody knows its id any more; servers go by who liked what. */
export function toPastLike(who: Account, post: Post): JsonObject {
  return { id: `${who.uri}#likes/${post.id}`, ...toLike(who, post) };
}

/** Somebody passes a post on. */
export function toAnnounce(who: Account, boost: Post, post: Post, author: Account): JsonObject {
  const followers = `${who.uri}/followers`;
  const audience = {
    public: { to: [publicUri], cc: [followers, author.uri] },
    unlisted: { to: [followers], cc: [publicUri, author.uri] },
    private: { to: [followers], cc: [author.uri] },
    direct: { to: [author.uri], cc: [] },
  }[boost.visibility];
  return {
    id: boost.uri,
    type: "Announce",
    actor: who.uri,
    published: boost.createdAt.toString({ fractionalSecondDigits: 3 }),
    ...audience,
    object: post.uri,
  };
}

/** The announcement that is to be undone, as far as anybody still knows. */
export function toPastAnnounce(who: Account, boostUri: string, post: Post, author: Account): JsonObject {
  return {
    id: boostUri,
    type: "Announce",
    actor: who.uri,
    to: [publicUri],
    cc: [`${who.uri}/followers`, author.uri],
    object: post.uri,
  };
}
