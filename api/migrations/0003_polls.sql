-- 0003: posts may ask: a poll hangs on its post, and every ballot is kept, so that nobody votes twice.

create table polls (
  id bigint primary key default new_id(),
  post_id bigint not null unique references posts on delete cascade,
  author_id bigint not null references accounts on delete cascade,
  options text[] not null,
  -- One for each option. Of a poll from elsewhere, what its own server tells.
  votes_counts integer[] not null,
  -- Null where a poll's own server does not tell it.
  voters_count integer default 0,
  multiple boolean not null,
  -- How often each option was chosen is told only in the end.
  hides_totals boolean not null default false,
  -- Null: it never ends.
  ends_at timestamptz,
  -- Since when those who care have been told that it has ended.
  closed_at timestamptz,
  check (cardinality(options) = cardinality(votes_counts))
) with (fillfactor = 70);
create index polls_author on polls (author_id);
create index polls_open on polls (ends_at) where closed_at is null;

-- A row for each option that somebody chose. It goes with its voter, who is forgotten; the count stays.
create table poll_votes (
  id bigint primary key default new_id(),
  poll_id bigint not null references polls on delete cascade,
  voter_id bigint not null references accounts on delete cascade,
  choice smallint not null,
  -- Whether the voter may have no other: so in a poll where only one option may be chosen.
  is_only boolean not null,
  unique (poll_id, voter_id, choice)
);
create unique index poll_votes_only on poll_votes (poll_id, voter_id) where is_only;
create index poll_votes_voter on poll_votes (voter_id);

-- What each version of a post asked.
alter table post_edits add column poll_options text[];
