import { sql } from "kysely";
import type { Ctx } from "./ctx.ts";
import type { Db } from "./db.ts";

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
  "post.created": NewPostEvent;
  "post.edited": PostEvent;
  /** Who may do what with it. */
  "post.policyChanged": { postId: string };
  /** `reached`: whom it mentioned, who passed it on and who quoted it, which nobody could look up any more. */
  "post.deleted": {
    postId: string;
    authorId: string;
    uri: string;
    visibility: string;
    isLocalOnly: boolean;
    reached: string[];
  };
  /** Threads turned out to be parts of another, whose beginning has come now. */
  "thread.joined": { from: string[]; into: string };
  "post.boosted": { boostId: string; postId: string; accountId: string };
  "post.unboosted": { boostId: string; postId: string; accountId: string };
  "post.favourited": { postId: string; accountId: string };
  "post.unfavourited": { postId: string; accountId: string; was: Said | null };
  /** Somebody says with an emoji, or with another one, what they have said before. */
  "post.reacted": { postId: string; accountId: string; was: Said | null };
  "post.pinned": { postId: string; accountId: string };
  "post.unpinned": { postId: string; accountId: string };
  /** With its author's consent, for which `requestUri` asked where it is another server's. */
  "post.quoted": { postId: string; quotedId: string; requestUri: string | null };
  /** A post from here quotes somebody who has to be asked. */
  "quote.asked": { postId: string };
  /** A post from elsewhere says that it has consent. */
  "quote.claimed": { postId: string };
  /** Somebody elsewhere asked to quote one of ours, and may not. */
  "quote.refused": { quotedId: string; accountId: string; postUri: string; requestUri: string };
  /** Consent was refused, or taken back. */
  "quote.ended": { postId: string; quotedId: string | null };
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
  /** And with it ended follows. */
  "follows.severed": { severanceId: string };
  "collection.joined": { collectionId: string; accountId: string };
  /** Whoever was in it went, or was taken out. */
  "collection.left": { collectionId: string; accountId: string };
  /** It says something else of those who are in it. */
  "collection.changed": { collectionId: string };
  "report.made": { reportId: string };
  /** Moderators have told them of something that was not right. */
  "member.warned": { warningId: string };
  "member.signedUp": { accountId: string };
  /** The address that a member signed up with is theirs. */
  "member.confirmed": { accountId: string };
};

/** The emoji with which somebody favourited a post, which nobody could look up any more; null: none. */
export interface Said {
  reactionId: string;
  /** As it stands in a text. */
  text: string;
}

/** Posts come in by the hundred: what is said of them beside their id spares jobs that would have nothing to do. */
interface PostEvent {
  postId: string;
  /** Written here. */
  isLocal: boolean;
  /** Something in it leads to a page. */
  hasLinks: boolean;
}

interface NewPostEvent extends PostEvent {
  visibility: string;
  /** It names somebody, or is for somebody. */
  hasMentions: boolean;
  /** Somebody wants to be told of all that its author writes. */
  isAwaited: boolean;
}

export type EventName = keyof Events;

/** What one noun does when something happened elsewhere. It may run twice: make it harmless. */
export type Listeners = { [E in EventName]?: Listener<Events[E]> };

export interface Listener<Event> {
  (ctx: Ctx, event: Event): Promise<void>;
  /** Whether there is something to do at all: else no job is made. Undefined: always. */
  cares?(event: Event): boolean;
}

/** A listener that has something to do only then. */
export function when<Event>(cares: (event: Event) => boolean, listener: Listener<Event>): Listener<Event> {
  return Object.assign(listener, { cares });
}

/** What takes long is done one at a time, so that it does not hold up what is quick. */
const inTurn: ReadonlySet<EventName> = new Set<EventName>(["attachment.uploaded"]);

/** For each event the jobs that hear it. */
export type Hears = ReadonlyMap<EventName, readonly Hearing[]>;

export interface Hearing {
  /** Such as `notifications/post.created`. */
  job: string;
  cares?: (event: never) => boolean;
}

/** Timed work of a noun: `cron` as in crontab(5), in UTC. */
export type Chores = Record<string, { cron: string; run: (ctx: Ctx) => Promise<void> }>;

/** Something to be done later: `identifier` is the name of a job or an event. */
export interface NewJob {
  identifier: string;
  payload: unknown;
  /** Those of one queue are done one at a time. */
  queue_name?: string;
}

/** What an event is on its way: what happened, and the jobs that hear it. */
export interface Heard {
  jobs: string[];
  payload: unknown;
}

/**
 * Tells everyone who listens, in the caller's own transaction: what happened is never lost, and what did not happen is
 * never announced. Several who listen share one job until one of them fails, for jobs are what the database spends most
 * on.
 */
export async function emit<E extends EventName>(ctx: Ctx, event: E, payload: Events[E]): Promise<void> {
  const hearing = ctx.hears.get(event) ?? [];
  const jobs = hearing.filter(({ cares }) => cares?.(payload as never) ?? true).map(({ job }) => job);
  if (jobs.length === 0) return;
  const queue_name = inTurn.has(event) ? event : undefined;
  const heard: Heard = { jobs, payload };
  await addJobs(ctx.db, [
    jobs.length > 1 ? { identifier: event, payload: heard } : { identifier: jobs[0]!, payload, queue_name },
  ]);
}

/** Has them done soon, once the caller's transaction is committed. */
export async function addJobs(db: Db, jobs: readonly NewJob[]): Promise<void> {
  await sql`
    select 1 from graphile_worker.add_jobs(array(
      select json_populate_record(null::graphile_worker.job_spec, job)
      from json_array_elements(${JSON.stringify(jobs)}::json) as job))`.execute(db);
}
