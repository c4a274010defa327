import { sql } from "kysely";
import type { Ctx } from "./ctx.ts";

/** Everything that can happen. Events carry ids; a listener reads the present state itself. */
export type Events = {
  "account.opened": { accountId: string };
  "account.changed": { accountId: string };
  "account.deleted": { accountId: string };
  "account.moved": { accountId: string; targetId: string };
  /** What we know of somebody elsewhere is old. */
  "account.stale": { accountId: string };
  /** The links on a profile have not been looked at for long. */
  "account.linksDue": { accountId: string };
  "post.created": { postId: string };
  "post.edited": { postId: string };
  /** `reached`: whom it mentioned and who passed it on, which nobody could look up any more. */
  "post.deleted": { postId: string; authorId: string; uri: string; visibility: string; reached: string[] };
  /** Threads turned out to be parts of another, whose beginning has come now. */
  "thread.joined": { from: string[]; into: string };
  "post.boosted": { boostId: string; postId: string; accountId: string };
  "post.unboosted": { boostId: string; postId: string; accountId: string };
  "post.favourited": { postId: string; accountId: string };
  "post.unfavourited": { postId: string; accountId: string };
  "post.pinned": { postId: string; accountId: string };
  "post.unpinned": { postId: string; accountId: string };
  "poll.voted": { pollId: string; voterId: string; choices: number[] };
  /** Votes of some minutes have been counted together. */
  "poll.counted": { pollId: string };
  "poll.closed": { pollId: string };
  "follow.requested": { followerId: string; accountId: string };
  "follow.accepted": { followerId: string; accountId: string };
  /** Whoever asks again from elsewhere has not heard that they follow already. */
  "follow.repeated": { followerId: string; accountId: string };
  /** `uri`: what the follow was called, which nobody could look up any more. */
  "follow.rejected": { followerId: string; accountId: string; uri: string | null };
  "follow.ended": { followerId: string; accountId: string; uri: string | null };
  "account.blocked": { blockerId: string; accountId: string };
  "account.unblocked": { blockerId: string; accountId: string };
  /** Film or sound waits to be looked at and made ready. */
  "attachment.uploaded": { attachmentId: string };
  /** New bytes lie in the folder. */
  "file.kept": { key: string };
  /** Somebody wants nothing from a whole server. */
  "domain.blocked": { accountId: string; domain: string };
  "report.made": { reportId: string };
  "member.signedUp": { accountId: string };
  /** The address that a member signed up with is theirs. */
  "member.confirmed": { accountId: string };
};

export type EventName = keyof Events;

/** What one noun does when something happened elsewhere. It may run twice: make it harmless. */
export type Listeners = { [E in EventName]?: (ctx: Ctx, event: Events[E]) => Promise<void> };

/** What takes long is done one at a time, so that it does not hold up what is quick. */
const inTurn: ReadonlySet<EventName> = new Set<EventName>(["attachment.uploaded"]);

/** For each event the names of the jobs that hear it, such as `notifications/post.created`. */
export type Hears = ReadonlyMap<EventName, readonly string[]>;

/** Timed work of a noun: `cron` as in crontab(5), in UTC. */
export type Chores = Record<string, { cron: string; run: (ctx: Ctx) => Promise<void> }>;

/**
 * Tells everyone who listens, by one job each, in the caller's own transaction: what happened is never
 * lost, and what did not happen is never announced.
 */
export async function emit<E extends EventName>(ctx: Ctx, event: E, payload: Events[E]): Promise<void> {
  const listeners = ctx.hears.get(event) ?? [];
  if (listeners.length === 0) return;
  const queue_name = inTurn.has(event) ? event : undefined;
  const jobs = listeners.map((identifier) => ({ identifier, payload, queue_name }));
  await sql`
    select 1 from graphile_worker.add_jobs(array(
      select json_populate_record(null::graphile_worker.job_spec, job)
      from json_array_elements(${JSON.stringify(jobs)}::json) as job))`.execute(ctx.db);
}
