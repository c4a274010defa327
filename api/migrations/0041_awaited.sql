-- 0041: with each post is looked whether somebody wants to be told of it, however many follow its author.

create index follows_notified on follows (account_id) where notifies;
