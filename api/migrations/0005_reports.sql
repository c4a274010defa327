-- 0005: reports: anybody may point at what does harm, from here and from other servers, and moderators see it.

create table reports (
  id bigint primary key default new_id(),
  -- What its own server calls it; null for one from here.
  uri text collate "C",
  reporter_id bigint references accounts on delete set null,
  account_id bigint not null references accounts on delete cascade,
  -- Posts may be deleted meanwhile: their ids stay.
  post_ids bigint[] not null default '{}',
  comment text not null default '',
  category text not null default 'other' check (category in ('spam', 'legal', 'violation', 'other')),
  -- The rules broken, by their numbers, which begin with 1.
  rule_ids integer[] not null default '{}',
  -- Whether the account's own server is told.
  is_forwarded boolean not null default false,
  resolved_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index reports_uri on reports (uri, account_id) where uri is not null;
create index reports_open on reports (id desc) where resolved_at is null;
create index reports_account on reports (account_id);
create index reports_reporter on reports (reporter_id);
