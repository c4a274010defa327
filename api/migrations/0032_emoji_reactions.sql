-- 0032: a post may be answered with an emoji, as Misskey, Pleroma and their kin have it. Whatever somebody says so, and
-- however often, is one favourite of theirs.

-- Whether somebody has also said so without an emoji.
alter table favourites add column is_plain boolean not null default true;

create table emoji_reactions (
  id bigint primary key default new_id(),
  post_id bigint not null,
  account_id bigint not null,
  -- The character; of a picture, its shortcode.
  name text collate "C" not null,
  emoji_id bigint references emojis on delete cascade,
  -- What another server calls it.
  uri text collate "C",
  foreign key (post_id, account_id) references favourites (post_id, account_id) on delete cascade
);
create unique index emoji_reactions_once on emoji_reactions (post_id, account_id, name, coalesce(emoji_id, 0));
create index emoji_reactions_emoji on emoji_reactions (emoji_id) where emoji_id is not null;
create index emoji_reactions_uri on emoji_reactions (uri) where uri is not null;
