-- 0021: filters: what members do not want to come across, by words or by post.

create table filters (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  title text not null,
  -- Where it holds: home, notifications, public, thread, account.
  contexts text[] not null,
  action text not null default 'warn' check (action in ('warn', 'hide', 'blur')),
  expires_at timestamptz,
  created_at timestamptz not null default now()
);
create index filters_account on filters (account_id, id);

create table filter_keywords (
  id bigint primary key default new_id(),
  filter_id bigint not null references filters on delete cascade,
  keyword text not null,
  whole_word boolean not null default true
);
create index filter_keywords_filter on filter_keywords (filter_id, id);

create table filter_posts (
  id bigint primary key default new_id(),
  filter_id bigint not null references filters on delete cascade,
  post_id bigint not null references posts on delete cascade,
  unique (filter_id, post_id)
);
create index filter_posts_post on filter_posts (post_id);
