update checks.run set state = 'broken_off', ended_at = now() where state in ('waiting', 'running');
create unique index run_open_once on checks.run (definition) where state in ('waiting', 'running');
drop index checks.run_of_commit;
create index run_of_commit on checks.run (definition, left(commit, 7), ended_at desc) where commit <> '';
