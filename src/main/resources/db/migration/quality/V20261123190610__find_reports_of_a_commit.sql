create index report_of_commit on quality.report (product, family, left(commit, 7), received_at desc)
    where environment = '';
