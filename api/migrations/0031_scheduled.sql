-- 0031: posts may be written now and published later. One that waits for many years is a draft.

create table scheduled_posts (
  id bigint primary key,
  account_id bigint not null references members on delete cascade,
  due_at timestamptz not null,
  -- What is to be published, as posts/draft.ts reads it.
  publication jsonb not null,
  -- What the client called the attempt: the same key again is the same post.
  idempotency_key text collate "C",
  created_at timestamptz not null default now()
);
create index scheduled_posts_account on scheduled_posts (account_id, id desc);
create unique index scheduled_posts_once on scheduled_posts (account_id, idempotency_key)
  where idempotency_key is not null;
create index scheduled_posts_due on scheduled_posts (due_at);

-- What waits with it is nobody else's, and is not swept away.
alter table attachments add column scheduled_id bigint references scheduled_posts on delete set null;
create index attachments_scheduled on attachments (scheduled_id) where scheduled_id is not null;
