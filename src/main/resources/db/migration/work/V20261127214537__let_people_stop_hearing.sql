-- Who reported an item, is to do it, or said something watches it unless they say no; so the no is kept as well.
alter table work.watcher add column watching boolean not null default true;
alter table work.watcher alter column watching drop default;
comment on table work.watcher is 'Who said that they want to hear of an item, or that they do not. Without a word, its reporter, its assignee and whoever commented hear of it.';
