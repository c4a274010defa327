-- 0036: links on profiles are looked at: does the page link back? A proof may end, so they are looked at again.

alter table accounts
  -- When the links of a profile were looked at last; null where there is none to look at.
  add column links_checked_at timestamptz;
create index accounts_links_checked on accounts (links_checked_at) where links_checked_at is not null;
