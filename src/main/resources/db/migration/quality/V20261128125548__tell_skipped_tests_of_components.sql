alter table quality.part add column skipped bigint not null default 0;
comment on column quality.part.skipped is 'Tests that were not run; of reports from before it was told, 0.';
