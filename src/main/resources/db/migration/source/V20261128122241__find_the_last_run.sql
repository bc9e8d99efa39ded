-- A gate that finds no run of CI on its commit tells the last one of another.
create index run_of_repository on source.run (repository, began_at desc) where state <> 'skipped';
