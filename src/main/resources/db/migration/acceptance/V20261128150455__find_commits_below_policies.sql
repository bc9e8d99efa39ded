alter table acceptance.session add column short text generated always as (left(commit, 7)) stored;
drop index acceptance.session_of_commit;
create index session_of_commit on acceptance.session (product, short, id desc);
comment on column acceptance.session.short is 'The beginning of the commit by which it is looked for.';
