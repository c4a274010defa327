import { z } from "zod";
import type { QuotePolicy } from "../auth/member.ts";
import { listOf, text } from "../base/schema.ts";
import { interactions, type Policy, type Rule } from "./post.ts";

/** What clients send about who may do what with a post: Mastodon's word about quotes, and GoToSocial's for the rest. */

export const quotePolicy = z.enum(["public", "followers", "nobody"]);

const circles = listOf(text(2_048)).default([]);
const rule = z.object({
  automatic_approval: circles,
  manual_approval: circles,
  always: circles,
  with_approval: circles,
}).optional();

export const policyFields = z.object({
  can_favourite: rule,
  can_reply: rule,
  can_reblog: rule,
  can_quote: rule,
});
export type PolicyFields = z.output<typeof policyFields>;

const names = { like: "can_favourite", reply: "can_reply", boost: "can_reblog", quote: "can_quote" } as const;

/** Those whom a member may name. Who is mentioned may always answer, and the author may do everything. */
const known = ["public", "followers", "following"];

/** The rule that Mastodon's word stands for. */
export function quoteRule(word: QuotePolicy): Rule {
  return { automatic: word === "nobody" ? [] : [word], manual: [] };
}

/**
 * The policy that these fields describe. We ask no member afterwards, so whoever would have to be let in by hand is
 * not let in: nobody is promised an answer that never comes.
 */
export function readPolicyFields(asked: PolicyFields | undefined): Policy {
  const policy: Policy = {};
  for (const what of interactions) {
    const said = asked?.[names[what]];
    if (!said) continue;
    const automatic = [...said.automatic_approval, ...said.always].filter((circle) => known.includes(circle));
    policy[what] = { automatic: [...new Set(automatic)], manual: [] };
  }
  return policy;
}
