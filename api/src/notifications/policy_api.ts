import { z } from "zod";
import { type Call, type Known, member, type Method, type Route } from "../auth/access.ts";
import { bool, parse } from "../base/schema.ts";
import { type Action, actions, type Policy } from "./policy.ts";
import { readPolicy, showFirstPolicy, showPolicy, type Waiting } from "./policy_entity.ts";
import { policyOf, putPolicy } from "./policy_store.ts";
import { countWaiting } from "./request_store.ts";

const action = z.enum(actions).optional();
const flag = bool.transform((filters): Action => filters ? "filter" : "accept").optional();

const wish = z.object({
  for_not_following: action,
  for_not_followers: action,
  for_new_accounts: action,
  for_private_mentions: action,
  for_limited_accounts: action,
  for_bots: action,
});

const firstWish = z.object({
  filter_not_following: flag,
  filter_not_followers: flag,
  filter_new_accounts: flag,
  filter_private_mentions: flag,
  filter_bots: flag,
});

/** Mastodon's endpoints for what a member does with notifications from strangers, in both versions. */
export const api: Route[] = [
  ...versionOf("/api/v2/notifications/policy", showPolicy, (input) => {
    const said = parse(wish, input);
    return readPolicy({
      not_following: said.for_not_following,
      not_followers: said.for_not_followers,
      new_accounts: said.for_new_accounts,
      private_mentions: said.for_private_mentions,
      limited_accounts: said.for_limited_accounts,
      bots: said.for_bots,
    });
  }),
  ...versionOf("/api/v1/notifications/policy", showFirstPolicy, (input) => {
    const said = parse(firstWish, input);
    return readPolicy({
      not_following: said.filter_not_following,
      not_followers: said.filter_not_followers,
      new_accounts: said.filter_new_accounts,
      private_mentions: said.filter_private_mentions,
      bots: said.filter_bots,
    });
  }),
];

type Show = (policy: Policy, waiting: Waiting) => object;

/** Apps send PUT as well as PATCH. */
function versionOf(path: string, show: Show, read: (input: unknown) => Partial<Policy>): Route[] {
  const answer = async (c: Call<Known>, policy: Policy) => {
    const { ctx, me } = c.var;
    return c.json(show(policy, await countWaiting(ctx.db, me.id)));
  };
  const change = (method: Method) =>
    member(method, path, "write:notifications", async (c) => {
      const { ctx, me, input } = c.var;
      return await answer(c, await putPolicy(ctx.db, me.id, read(input)));
    });
  return [
    member("GET", path, "read:notifications", async (c) => {
      return await answer(c, await policyOf(c.var.ctx.db, c.var.me.id));
    }),
    change("PATCH"),
    change("PUT"),
  ];
}
