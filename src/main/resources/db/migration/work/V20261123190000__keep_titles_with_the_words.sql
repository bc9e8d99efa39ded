-- The index of trigrams cost every change of an item, since a new version of a row enters all of its table's indexes.
-- Beside the other words it is written when the title is.
alter table work.item_words add column title text;
update work.item_words set title = item.title from work.item where item.key = item_words.item;
alter table work.item_words alter column title set not null;
drop index work.item_title;
create index item_words_title on work.item_words using gin (title gin_trgm_ops);
comment on table work.item_words is 'What search looks in: head is of key, title and description, said of the comments, title is compared by its trigrams. Beside the item, so that a change of state rewrites no word.';
