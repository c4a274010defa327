import { sql } from "kysely";
import type { Db } from "../base/db.ts";
import { upsertRemoteEmojis } from "../emoji/store.ts";
import type { Account } from "./account.ts";
import type { RemoteActor } from "./activity.ts";
import { accountColumns } from "./store.ts";

/** An account elsewhere, and how well we know it. */
export interface KnownAccount {
  account: Account;
  /** When its document was last read; null for our own. */
  fetchedAt: Temporal.Instant | null;
  isDeleted: boolean;
}

type Row = Account & { fetchedAt: Temporal.Instant | null; isDeleted: boolean };

/** By ActivityPub id, deleted ones included. */
export async function knownAccount(db: Db, uri: string): Promise<KnownAccount | undefined> {
  const { rows: [row] } = await sql<Row>`
    select ${accountColumns}, a.fetched_at as "fetchedAt", a.deleted_at is not null as "isDeleted"
    from accounts a where a.uri = ${uri}`.execute(db);
  if (!row) return undefined;
  const { fetchedAt, isDeleted, ...account } = row;
  return { account, fetchedAt, isDeleted };
}

/**
 * Says that it is about to be read anew, unless that was so after `before`: of several who find it old only one
 * gets true.
 */
export async function noteRefresh(db: Db, id: string, at: Temporal.Instant, before: Temporal.Instant) {
  const { numAffectedRows } = await sql`
    update accounts set fetched_at = ${at}
    where id = ${id} and domain is not null and fetched_at < ${before}`.execute(db);
  return numAffectedRows === 1n;
}

/** What is stored of somebody elsewhere. */
export interface RemoteRow {
  actor: RemoteActor;
  /** If it is new to us. */
  id: string;
  domain: string;
  createdAt: Temporal.Instant;
  fetchedAt: Temporal.Instant;
}

/**
 * Stores an account, or what is new about it. Whoever had its handle before loses it: names are given anew on
 * servers that were set up anew. Within a transaction.
 */
export async function upsertRemote(db: Db, row: RemoteRow): Promise<Account> {
  const { actor, domain } = row;
  await upsertRemoteEmojis(db, domain, actor.emojis, row.fetchedAt);
  await sql`
    update accounts set username = username || '.' || id
    where lower(username) = lower(${actor.username}) and domain = ${domain} and uri <> ${actor.uri}`.execute(
    db,
  );
  const { rows } = await sql<Account>`
    insert into accounts as a (id, username, domain, uri, url, kind, display_name, bio_html, fields, is_locked,
      is_discoverable, is_indexable, inbox_uri, shared_inbox_uri, outbox_uri, followers_uri, following_uri,
      featured_uri, also_known_as, attribution_domains, moved_to_id, avatar_url, header_url,
      avatar_description, header_description, created_at, fetched_at)
    values (${row.id}, ${actor.username}, ${domain}, ${actor.uri}, ${actor.url}, ${actor.kind},
      ${actor.displayName}, ${actor.bioHtml}, ${JSON.stringify(actor.fields)}, ${actor.isLocked},
      ${actor.isDiscoverable}, ${actor.isIndexable}, ${actor.inboxUri}, ${actor.sharedInboxUri},
      ${actor.outboxUri}, ${actor.followersUri}, ${actor.followingUri}, ${actor.featuredUri},
      ${actor.alsoKnownAs}, ${actor.attributionDomains}, ${
    movedToId(actor)
  }, ${actor.avatarUrl}, ${actor.headerUrl}, ${actor.avatarDescription}, ${actor.headerDescription},
      ${row.createdAt}, ${row.fetchedAt})
    on conflict (uri) do update set username = excluded.username, domain = excluded.domain, url = excluded.url,
      kind = excluded.kind, display_name = excluded.display_name, bio_html = excluded.bio_html,
      fields = excluded.fields, is_locked = excluded.is_locked, is_discoverable = excluded.is_discoverable,
      is_indexable = excluded.is_indexable, inbox_uri = excluded.inbox_uri,
      shared_inbox_uri = excluded.shared_inbox_uri, outbox_uri = excluded.outbox_uri,
      followers_uri = excluded.followers_uri, following_uri = excluded.following_uri,
      featured_uri = excluded.featured_uri, also_known_as = excluded.also_known_as,
      attribution_domains = excluded.attribution_domains,
      moved_to_id = excluded.moved_to_id, avatar_url = excluded.avatar_url,
      header_url = excluded.header_url, avatar_description = excluded.avatar_description,
      header_description = excluded.header_description, created_at = least(a.created_at, excluded.created_at),
      fetched_at = excluded.fetched_at
    returning ${accountColumns}`.execute(db);
  return rows[0]!;
}

/** The account that it says it has moved to, where we know that one and it agrees. */
function movedToId({ uri, movedToUri }: RemoteActor) {
  return sql`(select m.id from accounts m where m.uri = ${movedToUri} and ${uri} = any(m.also_known_as))`;
}
