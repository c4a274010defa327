import { z } from "zod";
import type { Account } from "../accounts/account.ts";
import { showAccounts, timestamp } from "../accounts/entity.ts";
import { seenAccount, seenAccounts } from "../accounts/seen.ts";
import { anyone, type Call, type Common, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import type { Scope } from "../auth/scopes.ts";
import type { Ctx } from "../base/ctx.ts";
import { accountLimits, type Listed, type Page, readPage } from "../base/page.ts";
import { bool, ids, integer, languageTag, listOf, parse, text } from "../base/schema.ts";
import { block, unblock } from "./block.ts";
import { blockedBy, mutedBy } from "./block_store.ts";
import { endorse, unendorse } from "./endorse.ts";
import { showRelationship, showRelationships } from "./entity.ts";
import { follow, removeFollower, unfollow } from "./follow.ts";
import { familiarFollowers, requestersOf } from "./follow_store.ts";
import { listEndorsed, listFollowers, listFollowing } from "./lists.ts";
import { mute, unmute } from "./mute.ts";
import { note } from "./note.ts";
import { authorizeRequest, rejectRequest } from "./requests.ts";

const followOptions = z.object({
  reblogs: bool.optional(),
  notify: bool.optional(),
  languages: listOf(languageTag).optional(),
});

/** More than this is not even counted. */
const longestText = 20_000;

const longestMute = 100 * 365 * 24 * 60 * 60;

const muteOptions = z.object({
  notifications: bool.default(true),
  duration: integer.pipe(z.number().min(0).max(longestMute)).default(0),
});

/** Mastodon's endpoints about how accounts stand to each other. */
export const api: Route[] = [
  act("follow", "write:follows", async (ctx, me, whom, input) => {
    const { reblogs, notify, languages } = parse(followOptions, input);
    await follow(ctx, me, whom, {
      showsBoosts: reblogs,
      notifies: notify,
      languages: languages?.length === 0 ? null : languages,
    });
  }),
  act("unfollow", "write:follows", unfollow),
  act("remove_from_followers", "write:follows", removeFollower),
  act("block", "write:blocks", block),
  act("unblock", "write:blocks", unblock),
  act("mute", "write:mutes", async (ctx, me, whom, input) => {
    const { notifications, duration } = parse(muteOptions, input);
    await mute(ctx, me, whom, { hidesNotifications: notifications, duration });
  }),
  act("unmute", "write:mutes", unmute),
  act("note", "write:accounts", async (ctx, me, whom, input) => {
    const { comment } = parse(z.object({ comment: text(longestText).default("") }), input);
    await note(ctx, me, whom, comment);
  }),
  // Once they were called pins; apps know both names.
  ...["endorse", "pin"].map((verb) => act(verb, "write:accounts", endorse)),
  ...["unendorse", "unpin"].map((verb) => act(verb, "write:accounts", unendorse)),

  member("GET", "/api/v1/accounts/relationships", "read:follows", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(z.object({ id: ids, with_suspended: bool.default(false) }), input);
    const known = await seenAccounts(ctx, asked.id);
    const shown = asked.id.filter((id) => {
      const account = known.get(id);
      return account && (asked.with_suspended || !account.suspendedAt);
    });
    return c.json(await showRelationships(ctx, me, shown));
  }),

  member("GET", "/api/v1/accounts/familiar_followers", "read:follows", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(z.object({ id: ids }), input);
    const familiar = await familiarFollowers(ctx.db, me.id, asked.id);
    const shown = await showAccounts(ctx, [...new Set([...familiar.values()].flat())]);
    const byId = new Map(shown.map((account) => [account.id, account]));
    return c.json(asked.id.map((id) => ({
      id,
      accounts: (familiar.get(id) ?? []).flatMap((follower) => byId.get(follower) ?? []),
    })));
  }),

  anyone("GET", "/api/v1/accounts/:id/followers", "read:accounts", (c) => {
    const { ctx, viewer } = c.var;
    return people(c, async (page) => await listFollowers(ctx, viewer, await named(c), page));
  }),
  anyone("GET", "/api/v1/accounts/:id/following", "read:accounts", (c) => {
    const { ctx, viewer } = c.var;
    return people(c, async (page) => await listFollowing(ctx, viewer, await named(c), page));
  }),

  anyone("GET", "/api/v1/accounts/:id/endorsements", "read:accounts", (c) => {
    const { ctx, viewer } = c.var;
    return people(c, async (page) => await listEndorsed(ctx, viewer, await named(c), page));
  }),
  member("GET", "/api/v1/endorsements", "read:accounts", (c) => {
    const { ctx, me } = c.var;
    return people(c, (page) => listEndorsed(ctx, me, me, page));
  }),

  member("GET", "/api/v1/follow_requests", "read:follows", (c) => {
    return people(c, (page) => requestersOf(c.var.ctx.db, c.var.me.id, page));
  }),
  answer("authorize", authorizeRequest),
  answer("reject", rejectRequest),

  member("GET", "/api/v1/blocks", "read:blocks", (c) => {
    return people(c, (page) => blockedBy(c.var.ctx.db, c.var.me.id, page));
  }),

  member("GET", "/api/v1/mutes", "read:mutes", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, accountLimits);
    const mutes = await mutedBy(ctx.db, me.id, page);
    const ends = new Map(mutes.map(({ id, expiresAt }) => [id, expiresAt && timestamp(expiresAt)]));
    withLink(c, page, mutes.map(({ cursor }) => cursor), "since_id");
    const shown = await showAccounts(ctx, mutes.map(({ id }) => id));
    return c.json(shown.map((account) => ({ ...account, mute_expires_at: ends.get(account.id) ?? null })));
  }),
];

type Act = (ctx: Ctx, me: Account, whom: Account, input: Common["input"]) => Promise<void>;

/** Something that the member does to somebody; the answer says how they stand to each other now. */
function act(verb: string, scope: Scope, does: Act): Route {
  return member("POST", `/api/v1/accounts/:id/${verb}`, scope, async (c) => {
    const { ctx, me, input } = c.var;
    const whom = await named(c);
    await does(ctx, me, whom, input);
    return c.json(await showRelationship(ctx, me, whom.id));
  });
}

/** What the member says to somebody who has asked to follow them. */
function answer(verb: string, does: (ctx: Ctx, me: Account, followerId: string) => Promise<void>): Route {
  return member("POST", `/api/v1/follow_requests/:id/${verb}`, "write:follows", async (c) => {
    const { ctx, me } = c.var;
    const follower = await named(c);
    await does(ctx, me, follower.id);
    return c.json(await showRelationship(ctx, me, follower.id));
  });
}

/** The account that the path names. */
function named(c: Call): Promise<Account> {
  return seenAccount(c.var.ctx, c.req.param("id") ?? "");
}

/** A page of accounts whose cursors are the rows that connect them. */
async function people(c: Call, list: (page: Page) => Promise<Listed[]>): Promise<Response> {
  const page = readPage(c.var.input, accountLimits);
  const listed = await list(page);
  withLink(c, page, listed.map(({ cursor }) => cursor), "since_id");
  return c.json(await showAccounts(c.var.ctx, listed.map(({ id }) => id)));
}
