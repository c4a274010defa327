-- 0025: posts are found by their words, and people by their names, whatever accents somebody types.

create extension if not exists unaccent;

-- Words as they stand, in lower case and without accents: stems of one language are nonsense in another.
-- Marks of HTML are no words to PostgreSQL's parser.
create text search configuration words (copy = simple);
alter text search configuration words
  alter mapping for word, hword, hword_part, numword, numhword, hword_numpart with unaccent, simple;

-- `unaccent` depends on a dictionary, which could change; ours does not, so that an index may be made of it.
create function plain(written text) returns text
language sql immutable strict parallel safe
return lower(unaccent('unaccent'::regdictionary, written));

create index accounts_names on accounts
  using gin ((lower(username) || ' ' || plain(display_name)) gin_trgm_ops);
drop index accounts_search;

-- Beside the posts, so that timelines read nothing of it.
create table post_words (
  post_id bigint primary key references posts on delete cascade,
  words tsvector not null
);
-- The planner has to tell rare words from frequent ones: with the usual 100 it takes too many for frequent, and
-- reads every post there is for a word that stands in few.
alter table post_words alter column words set statistics 1000;

create function words_of(post bigint) returns tsvector
language sql stable
return (
  select to_tsvector('words', left(concat_ws(' ', p.content_warning, p.html,
    (select string_agg(option, ' ') from polls q, unnest(q.options) as option where q.post_id = p.id),
    (select string_agg(t.description, ' ' order by t.position) from attachments t
      where t.post_id = p.id and t.position is not null)), 200000))
  from posts p where p.id = post);

insert into post_words (post_id, words) select id, words_of(id) from posts where boost_of_id is null;
create index post_words_found on post_words using gin (words);
