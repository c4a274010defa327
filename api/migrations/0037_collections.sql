-- 0037: collections: people whom a member would show to others, under a name (Mastodon 4.6).

create table collections (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  name text not null,
  description text not null default '',
  language text,
  is_sensitive boolean not null default false,
  is_discoverable boolean not null default true,
  tag_id bigint references tags on delete set null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index collections_owner on collections (account_id, id desc);
create index collections_tag on collections (tag_id) where tag_id is not null;

-- Whoever does not want to be in it is not put in again.
create table collection_items (
  id bigint primary key default new_id(),
  collection_id bigint not null references collections on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  state text not null check (state in ('pending', 'accepted', 'revoked')),
  created_at timestamptz not null,
  unique (collection_id, account_id)
);
create index collection_items_account on collection_items (account_id, id desc);
