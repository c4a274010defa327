-- 0040: backups: which were made and where they lie, so that the doctor can say how old the newest is.

create table backups (
  id bigint primary key default new_id(),
  name text not null,
  -- A folder or a bucket.
  place text not null,
  started_at timestamptz not null,
  -- Null: it is being made, or riff was killed meanwhile.
  ended_at timestamptz,
  bytes bigint,
  -- Why there is none after all.
  error text,
  -- When it was last restored for practice.
  drilled_at timestamptz
);
create index backups_age on backups (started_at desc);
