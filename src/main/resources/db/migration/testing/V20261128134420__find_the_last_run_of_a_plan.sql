create index test_run_of_plan_at on testing.test_run (plan, left(commit, 7), id desc);
