-- 0001: the ground: ids, this server itself, people, members and how they sign in.

-- 48 bits of milliseconds, 16 of one sequence: ids sort by time, and no two processes make the same.
create sequence id_tail as bigint;

create function new_id(at timestamptz default clock_timestamp()) returns bigint
language sql volatile parallel unsafe as $$
  select (floor(extract(epoch from greatest(at, timestamptz 'epoch')) * 1000)::bigint << 16)
    | (nextval('id_tail') & 65535)
$$;

-- One row: what this server is. base_url and handle_domain can't change once anything was sent out.
create table instance (
  is_only boolean primary key default true check (is_only),
  base_url text not null,
  handle_domain text not null,
  title text not null default 'Riff',
  description text not null default '',
  contact_email text not null default '',
  rules text[] not null default '{}',
  signups text not null default 'open' check (signups in ('open', 'approval', 'closed')),
  -- What there is, counted now and then: it is asked for far more often than it changes much.
  members_count integer not null default 0,
  posts_count integer not null default 0,
  active_month_count integer not null default 0,
  active_half_year_count integer not null default 0,
  domains_count integer not null default 0,
  counted_at timestamptz,
  created_at timestamptz not null default now()
);

-- People (and bots, and later groups), from here and from elsewhere.
create table accounts (
  id bigint primary key default new_id(),
  username text collate "C" not null,
  domain text collate "C",
  uri text collate "C" not null unique,
  url text not null,
  kind text not null default 'person'
    check (kind in ('person', 'service', 'group', 'organization', 'application')),
  display_name text not null default '',
  bio_html text not null default '',
  bio_source text,
  fields jsonb not null default '[]',
  is_locked boolean not null default false,
  is_discoverable boolean not null default false,
  is_indexable boolean not null default false,
  hides_collections boolean not null default false,
  followers_count integer not null default 0,
  following_count integer not null default 0,
  posts_count integer not null default 0,
  last_post_at timestamptz,
  suspended_at timestamptz,
  created_at timestamptz not null default now()
) with (fillfactor = 85);
create unique index accounts_handle on accounts (lower(username), coalesce(domain, ''));
-- People are looked for by any part of their names.
create extension if not exists pg_trgm;
create index accounts_search on accounts using gin ((lower(username) || ' ' || lower(display_name)) gin_trgm_ops);

-- The old names of renamed accounts, and the names of deleted ones: nobody else may take them.
create table former_usernames (
  username text collate "C" primary key check (username = lower(username)),
  account_id bigint references accounts on delete set null,
  created_at timestamptz not null default now()
);

-- Private keys lie here sealed with SECRET_KEY (AES-256-GCM).
create table account_keys (
  account_id bigint primary key references accounts on delete cascade,
  rsa_public_pem text not null,
  rsa_private_sealed bytea not null,
  ed25519_public_multibase text not null,
  ed25519_private_sealed bytea not null,
  created_at timestamptz not null default now()
);

-- Who signs in here: the private side of a local account.
create table members (
  account_id bigint primary key references accounts on delete cascade,
  email text not null,
  password_hash text not null,
  role text not null default 'member' check (role in ('member', 'moderator', 'admin')),
  locale text not null default 'en',
  signup_reason text not null default '',
  confirmed_at timestamptz,
  approved_at timestamptz,
  default_visibility text not null default 'public'
    check (default_visibility in ('public', 'unlisted', 'private', 'direct')),
  default_language text,
  default_sensitive boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index members_email on members (lower(email));

-- Programs that people sign in with.
create table apps (
  id bigint primary key default new_id(),
  client_id text collate "C" not null unique,
  client_secret_hash text not null,
  name text not null,
  website text,
  redirect_uris text[] not null,
  scopes text[] not null,
  created_at timestamptz not null default now()
);

-- Codes on their way to an app. A used one stays until it expires, so that its reuse is noticed.
create table authorization_codes (
  code_hash text primary key,
  app_id bigint not null references apps on delete cascade,
  account_id bigint not null references accounts on delete cascade,
  redirect_uri text not null,
  scopes text[] not null,
  code_challenge text,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index authorization_codes_expiry on authorization_codes (expires_at);

create table tokens (
  id bigint primary key default new_id(),
  token_hash text not null unique,
  app_id bigint references apps on delete cascade,
  account_id bigint references accounts on delete cascade,
  scopes text[] not null,
  code_hash text,
  created_at timestamptz not null default now(),
  last_used_on date not null default current_date
);
create index tokens_account on tokens (account_id);
create index tokens_app on tokens (app_id);
create index tokens_code on tokens (code_hash) where code_hash is not null;

-- Signed-in browsers. The address goes after seven days.
create table sessions (
  id bigint primary key default new_id(),
  token_hash text not null unique,
  account_id bigint not null references accounts on delete cascade,
  user_agent text not null default '',
  address text,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index sessions_account on sessions (account_id);
create index sessions_expiry on sessions (expires_at);

-- Links that work once: the first admin's, later confirmations and password resets.
create table one_time_links (
  token_hash text primary key,
  purpose text not null,
  account_id bigint references accounts on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  used_at timestamptz
);
create index one_time_links_purpose on one_time_links (purpose);

-- Who did what to whom: sign-ins, roles, commands. Addresses go after seven days.
create table audit_log (
  id bigint primary key default new_id(),
  happened_at timestamptz not null default now(),
  action text not null,
  actor_id bigint references accounts on delete set null,
  actor text not null,
  subject_id bigint references accounts on delete set null,
  details jsonb not null default '{}',
  address text
);
create index audit_log_subject on audit_log (subject_id, id desc);

-- Counters of what was asked lately. Losing them in a crash harms nobody, so they are not logged.
create unlogged table rate_limits (
  bucket text collate "C" not null,
  starts_at timestamptz not null,
  used integer not null,
  ends_at timestamptz not null,
  primary key (bucket, starts_at)
) with (fillfactor = 70);
create index rate_limits_end on rate_limits (ends_at);
