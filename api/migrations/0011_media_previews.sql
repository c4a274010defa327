-- 0011: film and sound may have a picture that their author chose, kept under a key of its own.

alter table attachments add column preview_key text collate "C" references media_files;
create index attachments_preview on attachments (preview_key) where preview_key is not null;
