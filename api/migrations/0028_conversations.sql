-- 0028: direct messages by conversation, for each member who takes part: what was said last, and whether they have
-- read it.

create table conversations (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  -- The thread: its first post's id, though that may be gone.
  thread_id bigint not null,
  -- Null for a moment when it was deleted, until the one before has taken its place.
  last_post_id bigint references posts on delete set null,
  unread boolean not null,
  unique (account_id, thread_id)
);
create index conversations_latest on conversations (account_id, last_post_id desc);
create index conversations_last_post on conversations (last_post_id);
create index conversations_thread on conversations (thread_id);
create index conversations_headless on conversations (id) where last_post_id is null;

-- What was said before counts as read.
insert into conversations (account_id, thread_id, last_post_id, unread)
select who.id, coalesce(p.conversation_id, p.id), max(p.id), false
from posts p
  cross join lateral (
    select p.author_id as id union select m.account_id from mentions m where m.post_id = p.id) as who
  join accounts a on a.id = who.id and a.domain is null
where p.visibility = 'direct' and p.boost_of_id is null
group by 1, 2;
