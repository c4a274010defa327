-- People elsewhere who have met two of our members: whoever is in $1 is followed by `listener`, and whoever lives
-- on one of the hosts in $2 follows `speaker`, each with an inbox of their own.

with listener as (select id from accounts where username = 'listener' and domain is null),
speaker as (select id from accounts where username = 'speaker' and domain is null),
heard as (
  insert into accounts (id, username, domain, uri, url, inbox_uri, followers_uri, fetched_at)
  select new_id(now()), split_part(uri, '/', 5), split_part(uri, '/', 3), uri, uri, uri || '/inbox',
    uri || '/followers', now()
  from unnest($1::text[]) as uri
  returning id
),
hearing as (
  insert into accounts (id, username, domain, uri, url, inbox_uri, shared_inbox_uri, fetched_at)
  select new_id(now()), 'follower', host, uri, uri, uri || '/inbox', 'http://' || host || '/inbox', now()
  from unnest($2::text[]) as host, lateral (select 'http://' || host || '/users/follower' as uri) named
  returning id
)
insert into follows (follower_id, account_id)
select listener.id, heard.id from listener, heard
union all
select hearing.id, speaker.id from hearing, speaker;
