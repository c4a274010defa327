import { z } from "zod";
import { showAccounts } from "../accounts/entity.ts";
import { type Call, type Known, member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { BadRequest, NotFound } from "../base/errors.ts";
import { messages } from "../base/messages.ts";
import { accountLimits, readLimit, readPage } from "../base/page.ts";
import { parse, text } from "../base/schema.ts";
import { readChoice, readGrouped, readSupported } from "./asked.ts";
import { withFallback } from "./fallback.ts";
import type { Group } from "./group.ts";
import { type Manner, showGroups } from "./group_entity.ts";
import { countUnreadGroups, deleteGroup, groupByKey, groupsOf, peopleOfGroup } from "./group_store.ts";
import { listLimits, unreadLimits } from "./notification.ts";
import { deleteAllNotifications } from "./store.ts";

/** Mastodon's second version of notifications: what several people did to one thing is told once. */
export const api: Route[] = [
  member("GET", "/api/v2/notifications", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, listLimits);
    const partial = readsPartially(input);
    const groups = await groupsOf(ctx.db, me.id, readChoice(input), readGrouped(input), page);
    withLink(c, page, groups.map(({ notification }) => notification.id));
    return await answer(c, groups, { paged: true, partial });
  }),

  member("GET", "/api/v2/notifications/unread_count", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const limit = readLimit(input.limit, unreadLimits);
    const count = await countUnreadGroups(ctx.db, me.id, readChoice(input), readGrouped(input), limit);
    return c.json({ count });
  }),

  member("POST", "/api/v2/notifications/clear", "write:notifications", async (c) => {
    const { ctx, me } = c.var;
    await deleteAllNotifications(ctx.db, me.id);
    return c.json({});
  }),

  member("GET", "/api/v2/notifications/:group_key", "read:notifications", async (c) => {
    const { ctx, me } = c.var;
    const group = await groupByKey(ctx.db, me.id, named(c));
    if (!group) throw new NotFound();
    return await answer(c, [group]);
  }),

  member("GET", "/api/v2/notifications/:group_key/accounts", "read:notifications", async (c) => {
    const { ctx, me, input } = c.var;
    const page = readPage(input, accountLimits);
    const people = await peopleOfGroup(ctx.db, me.id, named(c), page);
    withLink(c, page, people.map(({ cursor }) => cursor));
    return c.json(await showAccounts(ctx, people.map(({ id }) => id)));
  }),

  member("POST", "/api/v2/notifications/:group_key/dismiss", "write:notifications", async (c) => {
    const { ctx, me } = c.var;
    await deleteGroup(ctx.db, me.id, named(c));
    return c.json({});
  }),
];

async function answer(c: Call<Known>, groups: readonly Group[], manner?: Manner): Promise<Response> {
  const { ctx, me, member, input } = c.var;
  const { notification_groups, ...around } = await showGroups(ctx, me, groups, manner);
  const [supported, t] = [readSupported(input), messages(member.locale)];
  const latest = new Map(around.accounts.map((account) => [account.id, account]));
  return c.json({
    ...around,
    notification_groups: notification_groups.map((group) =>
      withFallback(group, latest.get(group.sample_account_ids[0] ?? ""), supported, t)
    ),
  });
}

/** Whether of a group's people all but the latest are to be shown in short. */
function readsPartially(input: unknown): boolean {
  const { expand_accounts: wanted } = parse(z.object({ expand_accounts: text(100).default("full") }), input);
  if (wanted !== "full" && wanted !== "partial_avatars") {
    throw new BadRequest("expand_accounts must be full or partial_avatars");
  }
  return wanted === "partial_avatars";
}

/** The group that the path names. */
function named(c: Call): string {
  return c.req.param("group_key") ?? "";
}
