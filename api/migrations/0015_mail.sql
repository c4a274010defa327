-- 0015: mail goes out: what waits to be sent, how much has gone today, and whether the mail server takes it.

-- A row carries ids, not words: what a mail says is written when it goes, so no link lies here that would still work.
create table mails (
  id bigint primary key default new_id(),
  kind text collate "C" not null,
  -- Null: whose it is comes out when it goes.
  account_id bigint references accounts on delete cascade,
  -- Recipient and `about` are emptied once it has gone.
  recipient text not null,
  about jsonb not null default '{}',
  -- The same is said once only.
  key text collate "C" unique,
  lane smallint not null,
  due_at timestamptz not null default now(),
  claimed_until timestamptz,
  attempts integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped', 'failed')),
  error text not null default '',
  ended_at timestamptz,
  created_at timestamptz not null default now()
);
create index mails_due on mails (lane, due_at, id) where state = 'waiting';
create index mails_ended on mails (ended_at) where state <> 'waiting';
create index mails_account on mails (account_id);

-- What a day's limit counts: mails that are under way or have been taken by the mail server.
create table mail_days (
  day date primary key,
  taken integer not null
);

-- One row: while the mail server itself is the trouble, nothing goes until `closed_until`.
create table mail_way (
  is_only boolean primary key default true check (is_only),
  failures integer not null default 0,
  closed_until timestamptz,
  error text not null default ''
);
insert into mail_way default values;

-- What a link in a mail proves: that whoever follows it reads what is sent there.
alter table one_time_links add column email text;
create index one_time_links_account on one_time_links (account_id) where account_id is not null;

alter table members
  -- The address that is to take the place of the present one, once a link that was sent there is followed.
  add column new_email text,
  -- A mail each week, for those who want it; `digest_at`: the last one, or since when they do.
  add column wants_digest boolean not null default false,
  add column digest_at timestamptz;
create index members_digest on members (digest_at) where wants_digest;
create index members_unconfirmed on members (created_at) where confirmed_at is null;
