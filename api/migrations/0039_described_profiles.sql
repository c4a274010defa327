-- 0039: members describe their profile's pictures to those who don't see them (Mastodon 4.6).

alter table accounts
  add column avatar_description text not null default '',
  add column header_description text not null default '';
