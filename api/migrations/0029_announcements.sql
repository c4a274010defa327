-- 0029: what the admins have to say to all members, who has read it, and what they think of it.

create table announcements (
  id bigint primary key default new_id(),
  text text not null,
  -- When what it is about happens; whole days where `all_day` says so.
  starts_at timestamptz,
  ends_at timestamptz,
  all_day boolean not null default false,
  published_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table announcement_reads (
  account_id bigint not null references accounts on delete cascade,
  announcement_id bigint not null references announcements on delete cascade,
  primary key (account_id, announcement_id)
);
create index announcement_reads_announcement on announcement_reads (announcement_id);

create table announcement_reactions (
  announcement_id bigint not null references announcements on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  -- An emoji, or the name of a custom one.
  name text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (announcement_id, name, account_id)
);
create index announcement_reactions_account on announcement_reactions (account_id);
