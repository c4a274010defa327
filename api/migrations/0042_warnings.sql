-- 0042: moderators warn members, who are told so in their notifications and by mail.

create table warnings (
  id bigint primary key default new_id(),
  -- Who is warned.
  account_id bigint not null references accounts on delete cascade,
  -- What was done to them besides.
  action text not null check (action in ('none', 'suspend')),
  text text not null default '',
  -- Their posts that it is about, deleted ones among them.
  post_ids bigint[] not null default '{}',
  created_at timestamptz not null default now()
);
create index warnings_account on warnings (account_id);

alter table notifications add column warning_id bigint references warnings on delete cascade;
create index notifications_warning on notifications (warning_id) where warning_id is not null;

drop index notifications_once;
create unique index notifications_once on notifications
  (account_id, kind, from_account_id, post_id, report_id, severance_id, collection_id, warning_id)
  nulls not distinct;
