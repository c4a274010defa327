import { type Call, type Route, server } from "../auth/access.ts";
import { answerDocument } from "../auth/answer_document.ts";
import { type JsonObject, withContext } from "../base/activitystreams.ts";
import type { Ctx } from "../base/ctx.ts";
import { Forbidden, Gone, NotFound } from "../base/errors.ts";
import { isId } from "../base/ids.ts";
import { type Limits, type Listed, type Page, readPage } from "../base/page.ts";
import { accountFeed, pinnedFeed } from "../feeds/account.ts";
import { toCreate } from "../posts/activity.ts";
import { toldPosts } from "../posts/note_store.ts";
import { urisOfPosts } from "../posts/uri_store.ts";
import { toAnnounce } from "../reactions/activity.ts";
import { toFeaturedTag } from "../profiles/entity.ts";
import { featuredTagsOf } from "../profiles/store.ts";
import { followedBy, followersOf } from "../relationships/follow_store.ts";
import type { Account } from "./account.ts";
import { actorById, urisOfAccounts } from "./actor_store.ts";

/** What belongs to an actor, as other servers read it: what the account that signed may see. */
export const documents: Route[] = [
  paged("outbox", {
    total: ({ postsCount }) => postsCount,
    turn: async ({ ctx, viewer }, { id }, page) => {
      const ids = await accountFeed(ctx.db, viewer, id, {}, page);
      return { cursors: ids, items: await activitiesFor(ctx, ids) };
    },
  }),

  paged("followers", {
    total: ({ followersCount }) => followersCount,
    isKept: ({ hidesCollections }) => hidesCollections,
    turn: async ({ ctx }, { id }, page) => people(ctx, await followersOf(ctx.db, id, undefined, page)),
  }),

  paged("following", {
    total: ({ followingCount }) => followingCount,
    isKept: ({ hidesCollections }) => hidesCollections,
    turn: async ({ ctx }, { id }, page) => people(ctx, await followedBy(ctx.db, id, undefined, page)),
  }),

  collection("featured", async (c, account) => {
    const { ctx: { db }, viewer } = c.var;
    const uris = await urisOfPosts(db, await pinnedFeed(db, viewer, account.id));
    return { type: "OrderedCollection", totalItems: uris.length, orderedItems: uris };
  }),

  collection("collections/tags", async (c, account) => {
    const { ctx } = c.var;
    const tags = await featuredTagsOf(ctx.db, account.id);
    const items = tags.map((tag) => ({
      type: "Hashtag",
      href: toFeaturedTag(ctx, tag).url,
      name: `#${tag.name}`,
    }));
    return { type: "Collection", totalItems: items.length, items };
  }),

  // The server's own actor has an outbox because every actor has; nobody speaks there.
  server("GET", "/ap/actor/outbox", (c) => {
    const id = `${c.var.ctx.config.baseUrl}/ap/actor/outbox`;
    return answerDocument(
      c,
      withContext({ id, type: "OrderedCollection", totalItems: 0, orderedItems: [] }),
    );
  }),
];

/** Posts and people on one page. */
const limits: Limits = { usual: 20, most: 40 };

/** A collection whose items stand on pages of their own. */
interface Paged {
  total: (account: Account) => number;
  /** Whether its owner shows no more of it than how many they are. */
  isKept?: (account: Account) => boolean;
  /** What a page shows, and where it stands. */
  turn: (asked: Call["var"], account: Account, page: Page) => Promise<Turned>;
}
interface Turned {
  cursors: string[];
  items: (string | JsonObject)[];
}

/** `?page=true` is the first page; from there it goes on by `max_id`. */
function paged(name: string, { total, isKept = () => false, turn }: Paged): Route {
  return collection(name, async (c, account) => {
    const { input } = c.var;
    const uri = `${account.uri}/${name}`;
    const first = `${uri}?page=true`;
    const totalItems = total(account);
    if (isKept(account)) return { type: "OrderedCollection", totalItems };
    if (input.page === undefined) return { type: "OrderedCollection", totalItems, first };

    const page = readPage(input, limits);
    const { cursors, items } = await turn(c.var, account, page);
    const oldest = cursors.length < page.limit ? undefined : cursors.at(-1);
    return {
      id: page.max ? `${first}&max_id=${page.max}` : first,
      type: "OrderedCollectionPage",
      partOf: uri,
      ...(oldest && { next: `${first}&max_id=${oldest}` }),
      orderedItems: items,
    };
  });
}

function collection(
  name: string,
  describe: (c: Call, account: Account) => JsonObject | Promise<JsonObject>,
): Route {
  return server("GET", `/ap/actors/:id{[0-9]+}/${name}`, async (c) => {
    const account = await owner(c.var.ctx, c.req.param("id") ?? "");
    return answerDocument(
      c,
      withContext({ id: `${account.uri}/${name}`, ...await describe(c, account) }),
    );
  });
}

/** The account of ours that the path names. Of a suspended one nothing shows. */
async function owner(ctx: Ctx, id: string): Promise<Account> {
  const row = isId(id) ? await actorById(ctx.db, id) : undefined;
  if (!row) throw new NotFound();
  if (row.deletedAt) throw new Gone();
  if (row.account.suspendedAt) throw new Forbidden();
  return row.account;
}

async function people(ctx: Ctx, listed: Listed[]): Promise<Turned> {
  return {
    cursors: listed.map((one) => one.cursor),
    items: await urisOfAccounts(ctx.db, listed.map((one) => one.id)),
  };
}

/** What was said when these were posted or passed on, without what is gone meanwhile. */
async function activitiesFor(ctx: Ctx, ids: readonly string[]): Promise<JsonObject[]> {
  const told = await toldPosts(ctx.db, ids);
  const boosted = await toldPosts(ctx.db, [...told.values()].flatMap(({ post }) => post.boostOfId ?? []));
  return ids.flatMap((id) => {
    const one = told.get(id);
    if (!one?.post.boostOfId) return one ? [toCreate(ctx, one)] : [];
    const original = boosted.get(one.post.boostOfId);
    return original ? [toAnnounce(one.author, one.post, original.post, original.author)] : [];
  });
}
