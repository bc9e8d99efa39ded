-- Comments may be reworded and deleted by who wrote them; each is an event of its own, and what was said before stays in
-- the ledger. The row tells how it stands now.
alter table work.comment add column edited_at timestamptz(3), add column deleted_at timestamptz(3);
alter table work.comment add constraint nothing_is_left_of_the_deleted check (deleted_at is null or text = '');
comment on table work.comment is 'What people said about an item, in Markdown, as it stands now. A deleted one has no text.';
comment on column work.comment.edited_at is 'When it was last reworded, null when it stands as it was said.';
comment on column work.comment.deleted_at is 'When who wrote it deleted it, null while it stands.';
