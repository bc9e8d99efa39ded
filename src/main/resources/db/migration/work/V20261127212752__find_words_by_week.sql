-- Words that are common but not among the newest records are found week by week of their records' last change. The week
-- is written when it becomes another, so that a change of state still rewrites no word.
create extension if not exists btree_gin;
drop index work.item_words_all;
alter table work.item_words add column week int;
update work.item_words
   set week = floor(extract(epoch from item.updated_at) / 604800)
  from work.item
 where item.key = item_words.item;
alter table work.item_words alter column week set not null;
create index item_words_all on work.item_words using gin (week, (head || said));
analyze work.item_words;
