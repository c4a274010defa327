-- 0018: what other servers show is fetched when a member first looks at it, and kept for a while: the whole may not
-- grow beyond MEDIA_CACHE_BYTES, and what was looked at longest ago goes first.

create table cached_media (
  -- What it is, and whether it is the small preview: avatar-123, attachment-123-small.
  name text collate "C" primary key,
  -- Where it came from: when that has changed, this is not it any more.
  url text collate "C" not null,
  -- Null: it could not be had.
  content_type text,
  bytes bigint not null default 0,
  -- What could not be had is not asked for again before then.
  retry_at timestamptz,
  attempts integer not null default 0,
  fetched_at timestamptz not null,
  last_used_at timestamptz not null
);
create index cached_media_use on cached_media (last_used_at);
