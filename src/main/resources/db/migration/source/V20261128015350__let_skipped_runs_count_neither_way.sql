alter table source.run drop constraint run_state_check;
alter table source.run add constraint run_state_check check (state in ('running', 'passed', 'failed', 'skipped'));
