import { type RawBuilder, sql } from "kysely";
import type { Db } from "../base/db.ts";
import { filterable, type Kind } from "./notification.ts";
import { type Policy, policySorts } from "./policy.ts";

/** What members do with notifications from people whom they hardly know. */

const columns: Record<keyof Policy, RawBuilder<unknown>> = {
  notFollowing: sql.ref("for_not_following"),
  notFollowers: sql.ref("for_not_followers"),
  newAccounts: sql.ref("for_new_accounts"),
  privateMentions: sql.ref("for_private_mentions"),
  limitedAccounts: sql.ref("for_limited_accounts"),
  bots: sql.ref("for_bots"),
};

/** What holds for whoever has said nothing: strangers' private messages wait. */
const usual: Policy = {
  notFollowing: "accept",
  notFollowers: "accept",
  newAccounts: "accept",
  privateMentions: "filter",
  limitedAccounts: "filter",
  bots: "accept",
};

export async function policyOf(db: Db, accountId: string): Promise<Policy> {
  const shown = policySorts.map((sort) => sql`${columns[sort]} as ${sql.ref(sort)}`);
  const { rows } = await sql<Policy>`
    select ${sql.join(shown)} from notification_policies where account_id = ${accountId}`.execute(db);
  return rows[0] ?? usual;
}

/** Changes what is named and answers the whole. */
export async function putPolicy(db: Db, accountId: string, change: Partial<Policy>): Promise<Policy> {
  const policy = { ...await policyOf(db, accountId), ...change };
  const names = sql.join(policySorts.map((sort) => columns[sort]));
  const values = sql.join(policySorts.map((sort) => policy[sort]));
  const changes = policySorts.filter((sort) => change[sort] !== undefined)
    .map((sort) => sql`${columns[sort]} = ${change[sort]}`);
  await sql`
    insert into notification_policies (account_id, ${names}) values (${accountId}, ${values})
    on conflict (account_id) ${
    changes.length > 0 ? sql`do update set ${sql.join(changes)}` : sql`do nothing`
  }`
    .execute(db);
  return policy;
}

/**
 * What the policy of the row `n` (notification_policies, or null) does with an act of this kind by the account
 * `f` upon the account `a`, about the post `act.post_id`: accept, filter or drop.
 */
export function verdict(kind: Kind): RawBuilder<string> {
  if (!filterable.includes(kind)) return sql`'accept'`;
  const following = sql`exists (
    select 1 from follows x where x.follower_id = a.id and x.account_id = f.id)`;
  const followed = sql`exists (
    select 1 from follows x where x.follower_id = f.id and x.account_id = a.id
      and x.created_at <= now() - interval '3 days')`;
  const cases = [
    sql`when exists (select 1 from notification_permissions x
      where x.account_id = a.id and x.from_account_id = f.id) then 'accept'`,
    ...(["drop", "filter"] as const).map((action) =>
      sql`when (${does("notFollowing", action)} and not ${following})
        or (${does("notFollowers", action)} and not ${followed})
        or (${does("newAccounts", action)} and f.created_at > now() - interval '30 days' and not ${following})
        or (${does("bots", action)} and f.kind in ('service', 'application') and not ${following})
        or (${does("privateMentions", action)} and ${kind} = 'mention' and not ${following}
          and ${comesUnasked()}) then '${sql.raw(action)}'`
    ),
  ];
  return sql`case ${sql.join(cases, sql` `)} else 'accept' end`;
}

/** Whether the policy does so with people of this sort. */
function does(sort: keyof Policy, action: "drop" | "filter"): RawBuilder<boolean> {
  return sql`coalesce(n.${columns[sort]}, ${usual[sort]}) = ${action}`;
}

/** Whether `act.post_id` is a private mention in a thread in which the member has not written to its author. */
function comesUnasked(): RawBuilder<boolean> {
  return sql`exists (
    select 1 from posts p where p.id = act.post_id and p.visibility = 'direct') and not exists (
    with recursive thread (id, reply_to_id, author_id, visibility, depth) as (
      select p.id, p.reply_to_id, p.author_id, p.visibility, 0 from posts p where p.id = act.post_id
      union all
      select p.id, p.reply_to_id, p.author_id, p.visibility, thread.depth + 1
      from thread join posts p on p.id = thread.reply_to_id where thread.depth < 100)
    select 1 from thread join mentions m on m.post_id = thread.id and m.account_id = f.id
    where thread.author_id = a.id and thread.visibility = 'direct')`;
}
