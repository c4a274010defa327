-- 0002: the social core: who follows, blocks and mutes whom; posts, and what people do with them.

create table follows (
  id bigint primary key default new_id(),
  follower_id bigint not null references accounts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  shows_boosts boolean not null default true,
  notifies boolean not null default false,
  languages text[],
  created_at timestamptz not null default now(),
  unique (follower_id, account_id)
);
create index follows_followers on follows (account_id, id desc);
create index follows_following on follows (follower_id, id desc);

create table follow_requests (
  id bigint primary key default new_id(),
  follower_id bigint not null references accounts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  shows_boosts boolean not null default true,
  notifies boolean not null default false,
  languages text[],
  created_at timestamptz not null default now(),
  unique (follower_id, account_id)
);
create index follow_requests_received on follow_requests (account_id, id desc);

create table blocks (
  id bigint primary key default new_id(),
  blocker_id bigint not null references accounts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  created_at timestamptz not null default now(),
  unique (blocker_id, account_id)
);
create index blocks_made on blocks (blocker_id, id desc);
create index blocks_suffered on blocks (account_id);

create table mutes (
  id bigint primary key default new_id(),
  muter_id bigint not null references accounts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  hides_notifications boolean not null default true,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  unique (muter_id, account_id)
);
create index mutes_made on mutes (muter_id, id desc);
create index mutes_suffered on mutes (account_id);
create index mutes_expiry on mutes (expires_at) where expires_at is not null;

-- Posts and boosts: a boost is a row of its own, because clients sort both by id in one sequence.
create table posts (
  id bigint primary key,
  author_id bigint not null references accounts on delete cascade,
  is_local boolean not null,
  uri text collate "C" not null unique,
  -- Null for a post from here: its page follows its author's name, which may change.
  url text,
  boost_of_id bigint references posts on delete cascade,
  reply_to_id bigint references posts on delete set null,
  reply_to_account_id bigint references accounts on delete set null,
  visibility text not null check (visibility in ('public', 'unlisted', 'private', 'direct')),
  html text not null default '',
  source text,
  content_warning text not null default '',
  is_sensitive boolean not null default false,
  language text,
  app_id bigint references apps on delete set null,
  replies_count integer not null default 0,
  boosts_count integer not null default 0,
  favourites_count integer not null default 0,
  created_at timestamptz not null,
  edited_at timestamptz
) with (fillfactor = 85);
create index posts_author on posts (author_id, id desc);
create unique index posts_boost on posts (boost_of_id, author_id) where boost_of_id is not null;
create index posts_reply on posts (reply_to_id) where reply_to_id is not null;
create index posts_reply_account on posts (reply_to_account_id) where reply_to_account_id is not null;
create index posts_public on posts (id desc) where visibility = 'public' and boost_of_id is null;
create index posts_local on posts (id desc) where visibility = 'public' and boost_of_id is null and is_local;
create index posts_app on posts (app_id) where app_id is not null;

-- How a post read before each of its edits, the first version included.
create table post_edits (
  id bigint primary key default new_id(),
  post_id bigint not null references posts on delete cascade,
  html text not null,
  source text,
  content_warning text not null,
  is_sensitive boolean not null,
  created_at timestamptz not null
);
create index post_edits_post on post_edits (post_id, id);

-- What stays of a deleted post that the public could see: its page says that it is gone.
create table tombstones (
  post_id bigint primary key,
  author_id bigint,
  uri text collate "C" not null unique,
  deleted_at timestamptz not null default now()
);

create table mentions (
  post_id bigint not null references posts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  primary key (post_id, account_id)
);
create index mentions_account on mentions (account_id, post_id desc);

create table tags (
  id bigint primary key default new_id(),
  name text collate "C" not null unique,
  display_name text not null,
  created_at timestamptz not null default now()
);

create table post_tags (
  post_id bigint not null references posts on delete cascade,
  tag_id bigint not null references tags on delete cascade,
  primary key (post_id, tag_id)
);
create index post_tags_tag on post_tags (tag_id, post_id desc);

create table favourites (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  post_id bigint not null references posts on delete cascade,
  created_at timestamptz not null default now(),
  unique (post_id, account_id)
);
create index favourites_account on favourites (account_id, id desc);

create table bookmarks (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  post_id bigint not null references posts on delete cascade,
  created_at timestamptz not null default now(),
  unique (post_id, account_id)
);
create index bookmarks_account on bookmarks (account_id, id desc);

create table pins (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  post_id bigint not null references posts on delete cascade,
  created_at timestamptz not null default now(),
  unique (post_id)
);
create index pins_account on pins (account_id, id desc);

-- Which post a repeated request has already made: clients resend what they never heard back about.
create table idempotency_keys (
  account_id bigint not null references accounts on delete cascade,
  key text collate "C" not null,
  post_id bigint references posts on delete cascade deferrable initially deferred,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
create index idempotency_keys_post on idempotency_keys (post_id);

create table notifications (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  kind text not null,
  from_account_id bigint not null references accounts on delete cascade,
  post_id bigint references posts on delete cascade,
  created_at timestamptz not null default now()
);
create unique index notifications_once on notifications (account_id, kind, from_account_id, post_id)
  nulls not distinct;
create index notifications_account on notifications (account_id, id desc);
create index notifications_from on notifications (from_account_id);
create index notifications_post on notifications (post_id) where post_id is not null;

-- How far somebody has read, told by one of their clients to the others.
create table markers (
  account_id bigint not null references accounts on delete cascade,
  timeline text not null,
  last_read_id bigint not null,
  version integer not null default 1,
  updated_at timestamptz not null default now(),
  primary key (account_id, timeline)
);
