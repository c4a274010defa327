-- 0020: what members keep away from themselves: whole servers, and conversations.

create table account_domain_blocks (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  domain text collate "C" not null,
  created_at timestamptz not null default now(),
  unique (account_id, domain)
);
create index account_domain_blocks_made on account_domain_blocks (account_id, id desc);

-- Which thread a post belongs to: the id of the first post of it, as far as we have it. Null for boosts, and
-- for what the version before this one posts meanwhile: read coalesce(conversation_id, id).
alter table posts add column conversation_id bigint;
with recursive threads (id, conversation_id) as (
  select p.id, p.id from posts p where p.reply_to_id is null and p.boost_of_id is null
  union all
  select p.id, threads.conversation_id from threads join posts p on p.reply_to_id = threads.id
)
update posts p set conversation_id = threads.conversation_id from threads where threads.id = p.id;
create index posts_conversation on posts (conversation_id) where conversation_id is not null;

-- Whoever mutes a thread is told nothing of it any more.
create table thread_mutes (
  account_id bigint not null references accounts on delete cascade,
  conversation_id bigint not null,
  created_at timestamptz not null default now(),
  primary key (account_id, conversation_id)
);
create index thread_mutes_thread on thread_mutes (conversation_id);
