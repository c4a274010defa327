import type { Add, Create, Delete, Object as AnyObject, Remove, Update } from "@fedify/vocab";
import type { Account } from "../accounts/account.ts";
import { fetchAccount } from "../accounts/remote.ts";
import { accountById, accountByUri } from "../accounts/store.ts";
import type { Ctx } from "../base/ctx.ts";
import { enclosedObjects, isOurs, theObject } from "../delivery/authority.ts";
import { isBallot } from "../polls/activity.ts";
import { onBallots } from "../polls/inbox.ts";
import { pollByPost } from "../polls/store.ts";
import { takeNews } from "../polls/tally.ts";
import { requote } from "../quotes/consent.ts";
import { changePolicy } from "./change_policy.ts";
import { editPost } from "./edit.ts";
import { addressesOf, type Incoming, readPost, visibilityOf } from "./incoming.ts";
import { pin, unpin } from "./pin.ts";
import { inOurWords } from "./policy_activity.ts";
import { isPublic, type Post } from "./post.ts";
import { fetchPost, quotedIn, takeEmojis, takeIn, wordsOf } from "./remote.ts";
import { circlesOf, concernOf, followersUriOf, isFeaturedOf, isFollowedHere } from "./remote_store.ts";
import { postByUri } from "./store.ts";
import { withdrawPost } from "./withdraw.ts";

/** What people elsewhere do with their posts. Each may speak only for its own actor. */

/** Older posts that we don't have are none of our business, though they change. */
const lateness = { hours: 24 };

/** Somebody wrote something, or chose something in a poll: some servers send several choices at once. */
export async function onCreate(ctx: Ctx, create: Create): Promise<void> {
  const own = (await objectsOf(ctx, create)).filter((object) => isBy(create.actorId, object));
  const ballots: AnyObject[] = [];
  for (const object of own) {
    if (await isBallot(object)) {
      ballots.push(object);
      continue;
    }
    const incoming = await readPost(object, ctx.now());
    if (incoming) await receive(ctx, create.actorId!, addressed(incoming, create));
  }
  if (ballots.length > 0) await onBallots(ctx, create.actorId!, ballots);
}

/** Somebody changed a post, or the votes in their poll have been counted. */
export async function onUpdatePost(ctx: Ctx, update: Update): Promise<void> {
  const object = await theObject(ctx, update);
  if (!object || !isBy(update.actorId, object)) return;
  const incoming = await readPost(object, ctx.now());
  if (!incoming) return;
  const post = await postByUri(ctx.db, incoming.uri);
  if (post) return await revise(ctx, update.actorId!, post, incoming);
  if (isAfter(incoming.publishedAt, ctx.now().subtract(lateness))) {
    await receive(ctx, update.actorId!, addressed(incoming, update));
  }
}

/** Somebody deleted a post. What stands in its place does not matter. */
export async function onDeletePost(ctx: Ctx, { actorId, objectId }: Delete): Promise<void> {
  if (!actorId || !objectId || objectId.href === actorId.href || objectId.host !== actorId.host) return;
  await withdrawPost(ctx, actorId.href, objectId.href);
}

/** Somebody put a post of theirs on top of their profile. */
export async function onAdd(ctx: Ctx, add: Add): Promise<void> {
  const author = await pinner(ctx, add);
  if (!author || !add.objectId || !await isFollowedHere(ctx.db, author.uri)) return;
  const post = await fetchPost(ctx, add.objectId.href);
  if (post.authorId === author.id) await pin(ctx, author, post);
}

/** They took it down again. */
export async function onRemove(ctx: Ctx, remove: Remove): Promise<void> {
  const author = await pinner(ctx, remove);
  const post = author && remove.objectId && await postByUri(ctx.db, remove.objectId.href);
  if (post) await unpin(ctx, author, post);
}

/** The enclosed ones; or the one that is named, as its own server has it. */
async function objectsOf(ctx: Ctx, create: Create): Promise<AnyObject[]> {
  const enclosed = await enclosedObjects(create);
  if (enclosed.length > 0) return enclosed;
  const object = await theObject(ctx, create);
  return object ? [object] : [];
}

/** Prove: it is the actor's own, and lives where they do. */
function isBy(actorId: URL | null, { id, attributionIds }: AnyObject): boolean {
  const lives = id === null || id.host === actorId?.host;
  return lives && attributionIds.some(({ href }) => href === actorId?.href);
}

/** Some address only the activity: then its post is for the same people. */
function addressed(incoming: Incoming, activity: Create | Update): Incoming {
  const isAddressed = incoming.to.length > 0 || incoming.cc.length > 0;
  return isAddressed ? incoming : { ...incoming, ...addressesOf(activity) };
}

/** Takes a post that was sent to us, if it is for somebody here: else its author should not fill our disk. */
async function receive(ctx: Ctx, actorId: URL, incoming: Incoming): Promise<void> {
  if (isOurs(ctx, new URL(incoming.uri)) || await postByUri(ctx.db, incoming.uri)) return;
  const { answers, mentioned, to, cc } = incoming;
  const [people, quotes] = [[...mentioned, ...to, ...cc], incoming.quotes?.uri];
  const concern = await concernOf(ctx.db, { authorUri: actorId.href, answers, quotes, people });
  if (Object.values(concern).every((one) => !one)) return;

  const author = await fetchAccount(ctx, actorId);
  if (author.suspendedAt) return;
  const visibility = visibilityOf(incoming, await followersUriOf(ctx.db, author.id));
  const isForUs = concern.namesUs ||
    (concern.isFollowed && visibility !== "direct") ||
    ((concern.answersKnown || concern.quotesUs) && isPublic({ visibility }));
  if (isForUs) await takeIn(ctx, author, incoming, visibility);
}

/** Counts and consent may change at any time; words only to newer ones, because activities overtake each other. */
async function revise(ctx: Ctx, actorId: URL, post: Post, incoming: Incoming): Promise<void> {
  const author = await accountById(ctx.db, post.authorId);
  if (author?.uri !== actorId.href || author.suspendedAt) return;
  const poll = incoming.poll && await pollByPost(ctx.db, post.id);
  if (poll) await takeNews(ctx, poll, incoming.poll!);
  const quote = await quotedIn(ctx, author, incoming);
  await requote(ctx, post.id, quote);
  await changePolicy(ctx, post, inOurWords(incoming.policy, await circlesOf(ctx.db, author.id)));
  const { editedAt } = incoming;
  if (!editedAt || (post.editedAt && !isAfter(editedAt, post.editedAt))) return;
  await takeEmojis(ctx, author, incoming);
  await editPost(ctx, post, { ...await wordsOf(ctx, incoming, post.visibility, quote), editedAt });
}

/** Who pins: an account that we know, in the collection that is its own. */
async function pinner(ctx: Ctx, { actorId, targetId }: Add | Remove): Promise<Account | undefined> {
  const author = actorId && targetId ? await accountByUri(ctx.db, actorId.href) : undefined;
  return author && await isFeaturedOf(ctx.db, author.id, targetId!.href) ? author : undefined;
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
