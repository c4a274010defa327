import { z } from "zod";
import { seenAccount } from "../accounts/seen.ts";
import { member, type Route } from "../auth/access.ts";
import { bool, id, ids, integer, listOf, parse, text } from "../base/schema.ts";
import { aboutInstance } from "../instance/about.ts";
import { showReport } from "./entity.ts";
import { categories } from "./report.ts";
import { report } from "./reporting.ts";

/** Characters of a comment, as on Mastodon. */
const longestComment = 1_000;

/** More posts than this explain nothing better. */
const mostPosts = 100;

const asked = z.object({
  account_id: id,
  status_ids: ids,
  comment: text(longestComment).default(""),
  category: z.enum(categories).optional(),
  rule_ids: listOf(integer).default([]),
  forward: bool.default(false),
});

/** Mastodon's endpoint for pointing at what does harm. */
export const api: Route[] = [
  member("POST", "/api/v1/reports", "write:reports", async (c) => {
    const { ctx, me, input } = c.var;
    const form = parse(asked, input);
    const whom = await seenAccount(ctx, form.account_id);
    const { rules } = await aboutInstance(ctx);
    const made = await report(ctx, me, whom, {
      postIds: form.status_ids.slice(0, mostPosts),
      comment: form.comment,
      category: form.category,
      ruleIds: form.rule_ids.filter((number) => number >= 1 && number <= rules.length),
      forward: form.forward,
    });
    return c.json(showReport(ctx, made, whom));
  }),
];
