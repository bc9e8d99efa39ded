alter table testing.test_run add column short text generated always as (left(commit, 7)) stored;
drop index testing.test_run_commit, testing.test_run_of_plan_at;
create index test_run_commit on testing.test_run (product, short, id desc);
create index test_run_of_plan_at on testing.test_run (plan, short, id desc);
comment on column testing.test_run.short is 'The beginning of the commit by which it is looked for.';
