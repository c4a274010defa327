-- 0010: pictures, video and sound: what posts carry, wherever it was made, and people's own pictures.

-- What we keep bytes of. A key leads to one or two objects: KEY/original.EXT and KEY/small.webp. It is 128 random
-- bits, because whoever knows it may fetch them. A row that nothing names is rubbish: a chore takes it away.
create table media_files (
  key text collate "C" primary key,
  extension text not null,
  content_type text not null,
  original_bytes bigint not null,
  -- Null where there is no preview.
  small_bytes bigint,
  -- Since when the bucket has it; null where it lies in the folder.
  in_bucket_since timestamptz,
  -- How often the bucket did not take it, and when it is asked again.
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index media_files_in_folder on media_files (due_at) where in_bucket_since is null;

create table attachments (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  -- Null until a post takes it.
  post_id bigint references posts on delete cascade,
  -- Its place among what the post shows; null where only earlier versions of the post showed it.
  position smallint,
  kind text not null check (kind in ('image', 'gifv', 'video', 'audio', 'unknown')),
  state text not null default 'ready' check (state in ('processing', 'ready', 'failed')),
  -- Why it failed, in words for whoever uploaded it.
  failure text,
  -- Ours: its bytes. Theirs: where those are.
  file_key text collate "C" references media_files,
  remote_url text collate "C",
  remote_preview_url text collate "C",
  content_type text,
  description text,
  -- What must stay in sight when it is cropped: -1 to 1, from left to right and from bottom to top.
  focus_x real,
  focus_y real,
  blurhash text,
  width integer,
  height integer,
  small_width integer,
  small_height integer,
  -- In seconds.
  duration real,
  -- As a fraction: 30/1.
  frame_rate text,
  bitrate integer,
  created_at timestamptz not null default now(),
  -- Since when no post shows it: it goes a day later.
  loose_since timestamptz default now(),
  check (file_key is null or remote_url is null)
);
create index attachments_account on attachments (account_id);
create index attachments_post on attachments (post_id, position) where post_id is not null;
create index attachments_file on attachments (file_key) where file_key is not null;
create index attachments_loose on attachments (loose_since) where loose_since is not null;

-- What each version of a post showed: a list of {id, description}.
alter table post_edits add column attachments jsonb not null default '[]';

-- People's own pictures: the key of ours, always WebP, or where another server has theirs.
alter table accounts
  add column avatar_key text collate "C" references media_files,
  add column avatar_url text collate "C",
  add column header_key text collate "C" references media_files,
  add column header_url text collate "C";
create index accounts_avatar on accounts (avatar_key) where avatar_key is not null;
create index accounts_header on accounts (header_key) where header_key is not null;
