-- 0038: members are told which follows ended when a whole server was kept away, that somebody shows them in a
-- collection, and that such a collection was changed.

create table severances (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  -- Whose people they were.
  domain text collate "C" not null,
  followers_count int not null,
  following_count int not null,
  created_at timestamptz not null
);
create index severances_account on severances (account_id);

alter table notifications
  add column severance_id bigint references severances on delete cascade,
  add column collection_id bigint references collections on delete cascade;
create index notifications_severance on notifications (severance_id) where severance_id is not null;
create index notifications_collection on notifications (collection_id) where collection_id is not null;

drop index notifications_once;
create unique index notifications_once
  on notifications (account_id, kind, from_account_id, post_id, report_id, severance_id, collection_id)
  nulls not distinct;
