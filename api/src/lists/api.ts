import { z } from "zod";
import { showAccounts } from "../accounts/entity.ts";
import { seenAccount } from "../accounts/seen.ts";
import { member, type Route } from "../auth/access.ts";
import { withLink } from "../auth/links.ts";
import { Invalid } from "../base/errors.ts";
import { accountLimits, readPage } from "../base/page.ts";
import { bool, ids, parse, text } from "../base/schema.ts";
import { toList } from "./entity.ts";
import { replyPolicies } from "./list.ts";
import { addMembers } from "./members.ts";
import { ownList } from "./own.ts";
import { deleteList, deleteMembers, insertList, listById, listsOf, membersOf, updateList } from "./store.ts";

const path = "/api/v1/lists";

const change = z.object({
  title: text(256).optional(),
  replies_policy: z.enum(replyPolicies).optional(),
  exclusive: bool.optional(),
});
const named = z.object({ account_ids: ids });

/** `limit=0` asks for everybody: so many are as good as that. */
const everybody = 5000;

/** Mastodon's endpoints about lists. */
export const api: Route[] = [
  member("GET", path, "read:lists", async (c) => {
    return c.json((await listsOf(c.var.ctx.db, c.var.me.id)).map(toList));
  }),

  member("POST", path, "write:lists", async (c) => {
    const { ctx, me, input } = c.var;
    const asked = parse(change, input);
    const made = await insertList(ctx.db, me.id, {
      title: worded(asked.title ?? ""),
      replies: asked.replies_policy ?? "list",
      isExclusive: asked.exclusive ?? false,
    });
    if (!made) throw new Invalid("You have reached the maximum number of lists");
    return c.json(toList(made));
  }),

  member("GET", `${path}/:id`, "read:lists", async (c) => c.json(toList(await ownList(c)))),

  member("PUT", `${path}/:id`, "write:lists", async (c) => {
    const { ctx, me, input } = c.var;
    const list = await ownList(c);
    const asked = parse(change, input);
    await updateList(ctx.db, list.id, {
      title: worded(asked.title ?? list.title),
      replies: asked.replies_policy ?? list.replies,
      isExclusive: asked.exclusive ?? list.isExclusive,
    });
    return c.json(toList((await listById(ctx.db, me.id, list.id)) ?? list));
  }),

  member("DELETE", `${path}/:id`, "write:lists", async (c) => {
    await deleteList(c.var.ctx.db, (await ownList(c)).id);
    return c.json({});
  }),

  member("GET", `${path}/:id/accounts`, "read:lists", async (c) => {
    const { ctx, input } = c.var;
    const list = await ownList(c);
    const page = readPage(input, accountLimits);
    if (Number(input.limit ?? NaN) === 0) page.limit = everybody;
    const members = await membersOf(ctx.db, list.id, page);
    withLink(c, page, members.map(({ cursor }) => cursor), "since_id");
    return c.json(await showAccounts(ctx, members.map(({ id }) => id)));
  }),

  member("POST", `${path}/:id/accounts`, "write:lists", async (c) => {
    const { ctx, me, input } = c.var;
    const list = await ownList(c);
    await addMembers(ctx, me, list, parse(named, input).account_ids);
    return c.json({});
  }),

  member("DELETE", `${path}/:id/accounts`, "write:lists", async (c) => {
    const { ctx, input } = c.var;
    const list = await ownList(c);
    await deleteMembers(ctx.db, list.id, parse(named, input).account_ids);
    return c.json({});
  }),

  member("GET", "/api/v1/accounts/:id/lists", "read:lists", async (c) => {
    const { ctx, me } = c.var;
    const account = await seenAccount(ctx, c.req.param("id") ?? "");
    return c.json((await listsOf(ctx.db, me.id, account.id)).map(toList));
  }),
];

function worded(title: string): string {
  if (title.trim() === "") throw new Invalid("Validation failed: Title can't be blank");
  return title;
}
