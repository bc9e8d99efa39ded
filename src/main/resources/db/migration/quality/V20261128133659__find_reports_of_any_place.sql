-- Load tests and scans name where they ran: their commits are looked for as those of CI are.
create index report_of_any_commit on quality.report (product, family, left(commit, 7), received_at desc);
drop index quality.report_of_commit;
