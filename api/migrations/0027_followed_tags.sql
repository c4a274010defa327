-- 0027: members follow hashtags: public posts with them are in their home.

create table tag_follows (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  tag_id bigint not null references tags on delete cascade,
  created_at timestamptz not null default now(),
  unique (account_id, tag_id)
);
create index tag_follows_made on tag_follows (account_id, id desc);
create index tag_follows_tag on tag_follows (tag_id);
