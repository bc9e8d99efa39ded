alter table checks.run add column short text generated always as (left(commit, 7)) stored;
drop index checks.run_of_commit;
create index run_of_commit on checks.run (definition, short, ended_at desc) where commit <> '';
comment on column checks.run.short is 'The beginning of the commit by which it is looked for.';
