-- 0024: notifications come in groups, tell moderators of sign-ups and reports, and ask a policy before they
-- reach somebody: what it filters waits with a request for the member's word.

alter table notifications
  -- What happened to one thing within some hours, such as `favourite-123-493920`; null stands alone.
  add column group_key text collate "C",
  -- Kept back by the member's policy.
  add column is_filtered boolean not null default false,
  add column report_id bigint references reports on delete cascade;

drop index notifications_once;
create unique index notifications_once on notifications (account_id, kind, from_account_id, post_id, report_id)
  nulls not distinct;
create index notifications_group on notifications (account_id, group_key, id desc) where group_key is not null;
create index notifications_shown on notifications (account_id, id desc) where not is_filtered;
create index notifications_filtered on notifications (account_id, from_account_id) where is_filtered;
create index notifications_report on notifications (report_id) where report_id is not null;

-- What a member does with notifications from people of some sort. Who has said nothing has the defaults.
create table notification_policies (
  account_id bigint primary key references accounts on delete cascade,
  for_not_following text not null default 'accept' check (for_not_following in ('accept', 'filter', 'drop')),
  for_not_followers text not null default 'accept' check (for_not_followers in ('accept', 'filter', 'drop')),
  for_new_accounts text not null default 'accept' check (for_new_accounts in ('accept', 'filter', 'drop')),
  for_private_mentions text not null default 'filter'
    check (for_private_mentions in ('accept', 'filter', 'drop')),
  for_limited_accounts text not null default 'filter'
    check (for_limited_accounts in ('accept', 'filter', 'drop')),
  for_bots text not null default 'accept' check (for_bots in ('accept', 'filter', 'drop'))
);

-- Whose notifications a member takes, whatever the policy says.
create table notification_permissions (
  account_id bigint not null references accounts on delete cascade,
  from_account_id bigint not null references accounts on delete cascade,
  primary key (account_id, from_account_id)
);
create index notification_permissions_from on notification_permissions (from_account_id);

-- Who has written to a member and was kept back.
create table notification_requests (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  from_account_id bigint not null references accounts on delete cascade,
  last_post_id bigint references posts on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, from_account_id)
);
create index notification_requests_made on notification_requests (account_id, id desc);
create index notification_requests_from on notification_requests (from_account_id);
create index notification_requests_post on notification_requests (last_post_id) where last_post_id is not null;
