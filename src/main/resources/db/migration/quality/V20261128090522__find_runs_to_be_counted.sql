-- Every minute the runs of the last week are looked at: by when they began, not all there are.
drop index quality.run_counted;
create index run_with_coverage_begun on quality.run (began_at desc) where lines > 0;
