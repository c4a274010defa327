-- 0035: what members note about others for themselves, whom and which hashtags they show on their profiles, and
-- what else a profile says since Mastodon 4.6.

create table account_notes (
  author_id bigint not null references accounts on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  comment text not null,
  primary key (author_id, account_id)
);
create index account_notes_about on account_notes (account_id);

-- Whom somebody recommends. Only whom they follow: with the follow the recommendation goes, too.
create table endorsements (
  id bigint primary key default new_id(),
  endorser_id bigint not null,
  account_id bigint not null,
  created_at timestamptz not null default now(),
  unique (endorser_id, account_id),
  foreign key (endorser_id, account_id) references follows (follower_id, account_id) on delete cascade
);
create index endorsements_made on endorsements (endorser_id, id desc);

create table featured_tags (
  id bigint primary key default new_id(),
  account_id bigint not null references accounts on delete cascade,
  tag_id bigint not null references tags on delete cascade,
  -- As its owner writes it.
  name text not null,
  created_at timestamptz not null default now(),
  unique (account_id, tag_id)
);
create index featured_tags_tag on featured_tags (tag_id);

alter table accounts
  -- Which tabs a profile shows.
  add column shows_media boolean not null default true,
  add column shows_media_replies boolean not null default true,
  add column shows_featured boolean not null default true,
  -- Sites that may name this account as the author of what they publish.
  add column attribution_domains text[] not null default '{}';
