import type { Action, Policy } from "./policy.ts";

/** Mastodon's name for each sort of people. */
const names = {
  notFollowing: "not_following",
  notFollowers: "not_followers",
  newAccounts: "new_accounts",
  privateMentions: "private_mentions",
  limitedAccounts: "limited_accounts",
  bots: "bots",
} as const satisfies Record<keyof Policy, string>;

type Name = typeof names[keyof Policy];
const sorts = Object.entries(names) as [keyof Policy, Name][];

/** What is kept back just now. */
export interface Waiting {
  requests: number;
  notifications: number;
}

/** Mastodon's `NotificationPolicy`. */
export type PolicyEntity = RulesEntity & { summary: SummaryEntity };
/** What of it the member has chosen. */
export type RulesEntity = Record<`for_${Name}`, Action>;
/** The same in its first version, which could only filter. */
export type FirstPolicyEntity =
  & Record<`filter_${Exclude<Name, "limited_accounts">}`, boolean>
  & { summary: SummaryEntity };

export interface SummaryEntity {
  pending_requests_count: number;
  pending_notifications_count: number;
}

export function showPolicy(policy: Policy, waiting: Waiting): PolicyEntity {
  return { ...showRules(policy), summary: summary(waiting) };
}

export function showRules(policy: Policy): RulesEntity {
  return Object.fromEntries(sorts.map(([sort, name]) => [`for_${name}`, policy[sort]])) as RulesEntity;
}

export function showFirstPolicy(policy: Policy, waiting: Waiting): FirstPolicyEntity {
  const rules = sorts.filter(([sort]) => sort !== "limitedAccounts")
    .map(([sort, name]) => [`filter_${name}`, policy[sort] !== "accept"]);
  return { ...Object.fromEntries(rules), summary: summary(waiting) };
}

/** What an app has said of each sort, under the names of the API. */
export function readPolicy(said: Partial<Record<Name, Action>>): Partial<Policy> {
  return Object.fromEntries(sorts.flatMap(([sort, name]) => said[name] ? [[sort, said[name]]] : []));
}

function summary({ requests, notifications }: Waiting): SummaryEntity {
  return { pending_requests_count: requests, pending_notifications_count: notifications };
}
