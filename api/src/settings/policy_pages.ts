import { actions } from "@riff/web/base/paths.ts";
import { z } from "zod";
import { browser, type Route } from "../auth/access.ts";
import { parse } from "../base/schema.ts";
import { actions as doings } from "../notifications/policy.ts";
import { readPolicy } from "../notifications/policy_entity.ts";
import { putPolicy } from "../notifications/policy_store.ts";
import { backToSettings } from "./pages.tsx";

const doing = z.enum(doings).optional();

const policyForm = z.object({
  not_following: doing,
  not_followers: doing,
  new_accounts: doing,
  private_mentions: doing,
  bots: doing,
});

/** What a member does with notifications from people whom they hardly know. */
export const pages: Route[] = [
  browser("POST", actions.savePolicy, async (c) => {
    const { ctx, me, input } = c.var;
    await putPolicy(ctx.db, me.id, readPolicy(parse(policyForm, input)));
    return backToSettings(c, "saved", "strangers");
  }),
];
