import type { Object as AnyObject } from "@fedify/vocab";
import { type JsonObject, publicUri } from "../base/activitystreams.ts";
import { ruleOf } from "./policy.ts";
import { type Interaction, interactions, type Policy, type Post, type Rule } from "./post.ts";

/** Who may do what with a post, as ActivityStreams (GoToSocial's `interactionPolicy`): both ways. */

const names = { like: "canLike", reply: "canReply", boost: "canAnnounce", quote: "canQuote" } as const;

/** More names than this in one rule nobody has friends. */
const mostNames = 100;

/** How an author's circles are called. */
export interface Circles {
  uri: string;
  followersUri: string | null;
  followingUri: string | null;
}

/** The policy of a post from here: what its author has said, and always who may quote it. We hold all that we say. */
export function toPolicy(post: Post, author: Circles): JsonObject {
  const said = interactions.filter((what) => what === "quote" || post.policy[what]);
  return Object.fromEntries(said.map((what) => [names[what], toRule(ruleOf(post, what), author)]));
}

/** Nobody is written as the author alone. */
function toRule({ automatic, manual }: Rule, author: Circles): JsonObject {
  const uris = (circles: string[]) => circles.map((circle) => uriOf(circle, author));
  return {
    automaticApproval: automatic.length > 0 ? uris(automatic) : [author.uri],
    ...(manual.length > 0 && { manualApproval: uris(manual) }),
  };
}

function uriOf(circle: string, { uri, followersUri, followingUri }: Circles): string {
  if (circle === "public") return publicUri;
  if (circle === "followers") return followersUri ?? `${uri}/followers`;
  return circle === "following" ? followingUri ?? `${uri}/following` : circle;
}

/** What a post from elsewhere says of this, in URIs. */
export function readPolicy({ interactionPolicy }: AnyObject): Policy {
  const policy: Policy = {};
  for (const what of interactions) {
    const rule = interactionPolicy?.[names[what]];
    if (!rule) continue;
    const uris = (urls: URL[]) => urls.slice(0, mostNames).map(({ href }) => href);
    policy[what] = { automatic: uris(rule.automaticApprovals), manual: uris(rule.manualApprovals) };
  }
  return policy;
}

/** The same with the author's circles by our names. The author need not be named: they may do everything. */
export function inOurWords(policy: Policy, author: Circles): Policy {
  const circleOf = (uri: string) => {
    if (uri === publicUri) return "public";
    if (uri === author.followersUri) return "followers";
    return uri === author.followingUri ? "following" : uri;
  };
  const circles = (uris: string[]) => uris.filter((uri) => uri !== author.uri).map(circleOf);
  return Object.fromEntries(
    (Object.entries(policy) as [Interaction, Rule][]).map(([what, { automatic, manual }]) => [
      what,
      { automatic: circles(automatic), manual: circles(manual) },
    ]),
  );
}
