-- 0030: posts may quote others, with their authors' consent (FEP-044f); each says who may do what with it; and
-- some never leave this server.

alter table posts
  add column is_local_only boolean not null default false,
  -- Who may do what with it, as far as its author says: see posts/policy.ts.
  add column policy jsonb not null default '{}',
  -- With consent.
  add column quotes_count integer not null default 0;

alter table members add column default_quote_policy text not null default 'public'
  check (default_quote_policy in ('public', 'followers', 'nobody'));

-- Which post quotes which. Its author's consent has an address: of a post from here, one that follows from the
-- quoting post's id; of a post from elsewhere, the one that its server gave it.
create table quotes (
  post_id bigint primary key references posts on delete cascade,
  -- Null: gone, or not to be had.
  quoted_id bigint references posts on delete set null,
  quoted_uri text collate "C" not null,
  state text not null check (state in ('pending', 'accepted', 'rejected', 'revoked')),
  stamp_uri text collate "C",
  created_at timestamptz not null default now()
);
create index quotes_quoted on quotes (quoted_id, post_id desc) where quoted_id is not null;
create index quotes_missing on quotes (quoted_uri) where quoted_id is null;
create index quotes_stamp on quotes (stamp_uri) where stamp_uri is not null;
