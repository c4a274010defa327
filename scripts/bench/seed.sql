-- The world that is measured: 500 people, from here and from elsewhere, and 10,000 posts of two months, a
-- seventh of them boosts, a quarter answers. The first account here that is none of them follows 200 people.
-- Always the same, because the dice start from the same seed.

select setseed(0.42);

create temp table reader on commit drop as
select id from accounts where username = 'reader';

create temp table people on commit drop as
select n, new_id(now() - interval '1 year' + n * interval '1 hour') as id, 'person' || n as username,
  case when n % 3 <> 0 then 'host' || n % 40 || '.example' end as domain
from generate_series(1, 500) as n;

insert into accounts (id, username, domain, uri, url, display_name, bio_html, fields, created_at)
select id, username, domain,
  'https://' || coalesce(domain, 'riff.example') || '/ap/actors/' || id,
  'https://' || coalesce(domain, 'riff.example') || '/@' || username,
  'Person number ' || n, '<p>' || repeat('A few words about myself. ', 1 + n % 6) || '</p>',
  case when n % 2 = 0 then jsonb_build_array(
    jsonb_build_object('name', 'Site', 'html', '<a href="https://' || username || '.example">here</a>'))
    else '[]' end,
  now() - interval '1 year'
from people;

insert into follows (follower_id, account_id)
select reader.id, people.id from reader, people where n <= 200;

insert into follows (follower_id, account_id)
select distinct a.id, b.id
from generate_series(1, 8000) as g, lateral (select floor(random() * 500) + g * 0 as x, floor(random() * 500) as y) d
  join people a on a.n = d.x + 1 join people b on b.n = d.y + 1
where a.id <> b.id;

insert into mutes (muter_id, account_id) select reader.id, people.id from reader, people where n in (7, 300, 301);
insert into blocks (blocker_id, account_id) select reader.id, people.id from reader, people where n in (310, 311);
insert into blocks (blocker_id, account_id) select people.id, reader.id from reader, people where n in (320, 321);

-- Fifty of those whom the reader follows are on a list.
insert into lists (account_id, title) select id, 'Some' from reader;
insert into list_members (list_id, account_id)
select lists.id, people.id from lists, people where people.n <= 50;

-- Some write a lot and most a little; an answer goes to anything that was there before.
create temp table drafts on commit drop as
select n, new_id(at) as id, at, kind, seen, author, (random() * (n - 2))::int + 1 as target
from (
  select n, now() - interval '60 days' + n * interval '60 days' / 8600 as at, random() as kind,
    random() as seen, floor(500 * random() ^ 1.6)::int + 1 as author
  from generate_series(1, 8600) as n) as d;

insert into posts (id, author_id, is_local, uri, reply_to_id, reply_to_account_id, visibility, html, source,
  content_warning, is_sensitive, language, created_at)
select d.id, a.id, a.domain is null, 'https://' || coalesce(a.domain, 'riff.example') || '/ap/posts/' || d.id,
  case when d.kind < 0.29 then t.id end, case when d.kind < 0.29 then ta.id end,
  case when d.seen < 0.80 then 'public' when d.seen < 0.90 then 'unlisted' when d.seen < 0.98 then 'private'
    else 'direct' end,
  '<p>' || repeat('Some words that somebody wrote on a day like this. ', 1 + (d.n * 7) % 9) || '</p>',
  case when a.domain is null then repeat('Some words that somebody wrote on a day like this. ', 1 + (d.n * 7) % 9) end,
  case when d.n % 25 = 0 then 'Long' else '' end, d.n % 25 = 0,
  case d.n % 5 when 0 then 'de' when 1 then null else 'en' end, d.at
from drafts d join people a on a.n = d.author
  left join drafts t on t.n = d.target and d.n > 1 left join people ta on ta.n = t.author;

insert into posts (id, author_id, is_local, uri, boost_of_id, visibility, created_at)
select new_id(b.at), a.id, a.domain is null,
  'https://' || coalesce(a.domain, 'riff.example') || '/ap/activities/' || b.n, p.id, 'public', b.at
from (
  select n, now() - interval '60 days' * random() as at, floor(500 * random() ^ 1.6)::int + 1 as author,
    floor(random() * 8600)::int + 1 as target
  from generate_series(1, 1900) as n) as b
  join people a on a.n = b.author
  join drafts d on d.n = b.target and d.at < b.at
  join posts p on p.id = d.id and p.visibility in ('public', 'unlisted')
order by b.n limit 1400 on conflict do nothing;

-- Answers mention whom they answer; some posts mention somebody besides.
insert into mentions (post_id, account_id)
select id, reply_to_account_id from posts where reply_to_account_id is not null;
insert into mentions (post_id, account_id)
select d.id, a.id from drafts d join people a on a.n = 1 + (d.n * 13) % 500 where d.kind > 0.9
on conflict do nothing;
insert into mentions (post_id, account_id)
select d.id, reader.id from drafts d, reader where d.n % 60 = 0 on conflict do nothing;

insert into tags (name, display_name)
select 'topic' || n, 'Topic' || n from generate_series(1, 60) as n;
insert into post_tags (post_id, tag_id)
select d.id, t.id from drafts d join tags t on t.name = 'topic' || 1 + d.n % 60 where d.kind > 0.75
union
select d.id, t.id from drafts d join tags t on t.name = 'topic' || 1 + (d.n * 31) % 60 where d.kind > 0.9;

insert into favourites (account_id, post_id)
select a.id, d.id
from (select floor(500 * random())::int + 1 as who, floor(8600 * random())::int + 1 as what
  from generate_series(1, 20000)) as f
  join people a on a.n = f.who join drafts d on d.n = f.what
on conflict do nothing;
insert into favourites (account_id, post_id) select reader.id, d.id from reader, drafts d where d.n % 9 = 0;
insert into bookmarks (account_id, post_id) select reader.id, d.id from reader, drafts d where d.n % 70 = 0;

update posts p set
  replies_count = (select count(*) from posts r where r.reply_to_id = p.id),
  boosts_count = (select count(*) from posts b where b.boost_of_id = p.id),
  favourites_count = (select count(*) from favourites f where f.post_id = p.id);
update accounts a set
  posts_count = (select count(*) from posts p where p.author_id = a.id),
  last_post_at = (select max(created_at) from posts p where p.author_id = a.id),
  followers_count = (select count(*) from follows f where f.account_id = a.id),
  following_count = (select count(*) from follows f where f.follower_id = a.id);
