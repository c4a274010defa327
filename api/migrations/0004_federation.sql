-- 0004: other servers: who lives there and how to reach them, what they sent, and what we have to send.

alter table accounts
  add column inbox_uri text,
  add column shared_inbox_uri text,
  add column outbox_uri text,
  add column followers_uri text collate "C",
  add column following_uri text,
  add column featured_uri text,
  add column also_known_as text[] not null default '{}',
  add column moved_to_id bigint references accounts on delete set null,
  -- When its document was last read; null for our own.
  add column fetched_at timestamptz,
  -- A deleted account stays as a husk: it has to sign its own farewell, and answers 410 ever after.
  add column deleted_at timestamptz;
create index accounts_moved on accounts (moved_to_id) where moved_to_id is not null;
create index accounts_domain on accounts (domain) where domain is not null;

-- What a follow is called on the wire, where another server has part in it: answers and withdrawals name it.
alter table follows add column uri text;
alter table follow_requests add column uri text;

-- Other servers, and how delivering to them goes.
create table servers (
  host text collate "C" primary key,
  software text,
  software_version text,
  first_seen_at timestamptz not null default now(),
  last_heard_at timestamptz,
  last_delivered_at timestamptz,
  failing_since timestamptz,
  failures integer not null default 0,
  -- Nothing is sent to it before then.
  retry_at timestamptz,
  last_error text,
  -- An admin has stopped sending to it.
  is_paused boolean not null default false
);

-- What an answer answers, as long as we don't have it: when it comes, the two are tied together.
alter table posts add column reply_to_uri text collate "C";
create index posts_orphans on posts (reply_to_uri) where reply_to_uri is not null;

-- What its author elsewhere has deleted: a copy that comes late is not taken. Kept for some days.
create table withdrawn_posts (
  uri text collate "C" primary key,
  author_uri text collate "C" not null,
  withdrawn_at timestamptz not null
);
create index withdrawn_posts_age on withdrawn_posts (withdrawn_at);

-- Votes that other servers have not been told of yet.
alter table polls add column has_news boolean not null default false;
create index polls_news on polls (id) where has_news;

-- Keys of others, each proven to be its owner's: see delivery/verify.ts.
create table remote_keys (
  key_id text collate "C" primary key,
  owner_uri text collate "C" not null,
  algorithm text not null check (algorithm in ('rsa', 'ed25519')),
  -- SPKI as PEM.
  public_pem text not null,
  fetched_at timestamptz not null default now()
);
create index remote_keys_owner on remote_keys (owner_uri);

-- Keys that could not be had: asking again must wait, so that bad signatures cost us little.
create table failed_keys (
  key_id text collate "C" primary key,
  failed_at timestamptz not null default now()
);

-- What came in and was proven to come from its actor. Its body goes as soon as it has had its effect; the
-- row stays some days, so that the same activity is known when it comes again.
create table inbox (
  id bigint primary key default new_id(),
  activity_uri text collate "C" not null unique,
  actor_uri text collate "C" not null,
  host text collate "C" not null,
  type text not null,
  -- JSON as it came: a text, because a database's JSON refuses what a stranger may well send.
  body text,
  received_at timestamptz not null default now(),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  claimed_until timestamptz,
  -- Which process is at it: it holds an advisory lock of this number for as long as it lives.
  claimed_by integer,
  done_at timestamptz,
  last_error text
);
create index inbox_due on inbox (host, due_at, id) where done_at is null;
create index inbox_claimed on inbox (actor_uri) where claimed_until is not null;
create index inbox_done on inbox (done_at) where done_at is not null;

-- What we say, stored once, whoever hears it: the very bytes that are sent.
create table activities (
  id bigint primary key default new_id(),
  actor_id bigint not null references accounts on delete cascade,
  body text not null,
  created_at timestamptz not null default now()
);
create index activities_actor on activities (actor_id);
create index activities_age on activities (created_at);

-- One row for each inbox that has yet to get an activity; gone when it got it, or will never.
create table deliveries (
  id bigint primary key default new_id(),
  activity_id bigint not null references activities on delete cascade,
  inbox_uri text not null,
  host text collate "C" not null,
  -- What people wait for goes first: 0 posts and answers, 1 reactions and follows, 2 the rest.
  lane smallint not null default 1,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  claimed_until timestamptz,
  created_at timestamptz not null default now()
);
create index deliveries_due on deliveries (lane, due_at);
create index deliveries_host on deliveries (host);
create index deliveries_activity on deliveries (activity_id);
