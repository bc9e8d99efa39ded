-- A component gets another name and keeps those it had: what was said by one of them still means it.
alter table work.component add column former text[] not null default '{}';
comment on column work.component.former is 'What it was called before, the oldest first. No other component of the product takes one of these names.';
