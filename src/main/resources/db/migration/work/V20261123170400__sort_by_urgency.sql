-- An answer that is kept is always whole.
alter table work.answer drop column status, drop column headers, alter column body set not null;

-- Lists sorted by deadline or urgency are not always of open items only.
drop index work.item_due;
create index item_due on work.item (type, (coalesce(due_at, 'infinity')), key);
create index item_urgency_all on work.item (type, urgency, key);
