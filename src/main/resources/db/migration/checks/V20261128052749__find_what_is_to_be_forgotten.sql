alter table checks.run add column detailed boolean not null default true;
create index run_to_forget on checks.run (ended_at) where detailed and asked_by is null and ended_at is not null;
comment on column checks.run.detailed is 'Whether its steps are still kept.';
