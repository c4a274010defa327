-- 0026: what many talk about now and whom many follow, counted now and then: everybody asks for it, and it changes
-- slowly. And whom somebody does not want proposed to them again.

create table trends (
  sort text not null check (sort in ('tag', 'post', 'link', 'account')),
  -- In the table of its sort; what is gone from there is no trend any more.
  thing_id bigint not null,
  score real not null,
  primary key (sort, thing_id)
);

create table dismissed_suggestions (
  account_id bigint not null references accounts on delete cascade,
  dismissed_id bigint not null references accounts on delete cascade,
  primary key (account_id, dismissed_id)
);
create index dismissed_suggestions_about on dismissed_suggestions (dismissed_id);

create index accounts_directory on accounts (id desc) where is_discoverable and suspended_at is null;
