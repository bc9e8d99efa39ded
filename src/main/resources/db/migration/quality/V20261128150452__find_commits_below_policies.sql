-- Below a policy PostgreSQL uses an index of a column, never one of an expression that it cannot know to keep secrets.
alter table quality.report add column short text generated always as (left(commit, 7)) stored;
drop index quality.report_of_any_commit;
create index report_of_any_commit on quality.report (product, family, short, received_at desc);
comment on column quality.report.short is 'The beginning of the commit by which it is looked for.';

alter table quality.change_count add column short text generated always as (left(commit, 7)) stored;
drop index quality.change_count_of_commit;
create index change_count_of_commit on quality.change_count (product, short, counted_at desc);
comment on column quality.change_count.short is 'The beginning of the commit by which it is looked for.';

alter table quality.run add column short text generated always as (left(commit, 7)) stored;
create index run_of_commit on quality.run (product, short, id desc);
comment on column quality.run.short is 'The beginning of the commit by which it is looked for.';
