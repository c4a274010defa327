-- 0006: some servers take a like or a block back by its id alone, so the id under which it came is kept.

alter table favourites add column uri text collate "C";
create index favourites_uri on favourites (uri) where uri is not null;

alter table blocks add column uri text collate "C";
create index blocks_uri on blocks (uri) where uri is not null;
