-- 0014: a link in a post is shown with what its page says of itself. Each page is asked once, however many post it.

create table cards (
  id bigint primary key default new_id(),
  url text collate "C" not null unique,
  -- Empty until its page has said something, or where it has nothing to say: then there is nothing to show.
  title text not null default '',
  description text not null default '',
  kind text not null default 'link' check (kind in ('link', 'video', 'photo')),
  author_name text not null default '',
  author_url text not null default '',
  provider_name text not null default '',
  -- Whom the page names as its author (`fediverse:creator`), where they say that its site may.
  creator_id bigint references accounts on delete set null,
  image_url text collate "C",
  image_description text not null default '',
  image_width integer,
  image_height integer,
  language text,
  published_at timestamptz,
  fetched_at timestamptz,
  -- When its page is asked; null: not before somebody posts it anew.
  due_at timestamptz,
  attempts integer not null default 0,
  created_at timestamptz not null default now()
);
create index cards_creator on cards (creator_id) where creator_id is not null;
create index cards_due on cards (due_at) where due_at is not null;

alter table posts add column card_id bigint references cards on delete set null;
create index posts_card on posts (card_id, id desc) where card_id is not null;
