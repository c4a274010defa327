-- 0013: little pictures in names and posts: our own, which admins add, and those of other servers, which come with
-- what their people write.

create table emojis (
  id bigint primary key default new_id(),
  shortcode text collate "C" not null,
  -- Null: ours.
  domain text collate "C",
  -- Ours: its bytes. Theirs: where those are.
  file_key text collate "C" references media_files,
  remote_url text collate "C",
  -- How another server calls it.
  uri text collate "C",
  category text,
  -- Whether it stands among those that are offered.
  is_listed boolean not null default true,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  check ((domain is null and file_key is not null) or (domain is not null and remote_url is not null))
);
create unique index emojis_name on emojis (shortcode, coalesce(domain, ''));
create index emojis_file on emojis (file_key) where file_key is not null;

-- What stands between colons in these texts: it may be an emoji.
create function emoji_names(variadic texts text[]) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct found[1] collate "C"), '{}')
  from unnest(texts) as one (words), regexp_matches(words, ':([a-zA-Z0-9_]{2,200}):', 'g') as found
$$;

alter table posts add column emoji_names text[] not null
  generated always as (emoji_names(html, content_warning)) stored;
alter table accounts add column emoji_names text[] not null
  generated always as (emoji_names(display_name, bio_html, fields::text)) stored;
alter table polls add column emoji_names text[] not null
  generated always as (emoji_names(variadic options)) stored;
