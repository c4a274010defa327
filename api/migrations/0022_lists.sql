-- 0022: lists: some of those whom a member follows, read by themselves.

create table lists (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  title text not null,
  -- Whose answers to others it shows: to whom the member follows, to who is on the list, to nobody.
  replies text not null default 'list' check (replies in ('followed', 'list', 'none')),
  -- Whether those on it are left out of home.
  is_exclusive boolean not null default false,
  created_at timestamptz not null default now()
);
create index lists_account on lists (account_id, id);

create table list_members (
  id bigint primary key default new_id(),
  list_id bigint not null references lists on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  unique (list_id, account_id)
);
create index list_members_page on list_members (list_id, id desc);
create index list_members_account on list_members (account_id);
