-- A view may be shown to others, and anybody may begin with one.
alter table work.saved_view add column shared text not null default 'nobody'
    check (shared in ('nobody', 'everybody') or shared ~ '^product:[A-Z][A-Z0-9]{1,9}$');
create index saved_view_shared on work.saved_view (type, id) where shared <> 'nobody';
comment on table work.saved_view is 'Queries of the list of one line that somebody keeps under a name, and to whom they are shown. Not part of the record, and in no ledger.';

create table work.first_view (
    person text not null,
    type   text not null,
    view   uuid not null references work.saved_view (id) on delete cascade,
    primary key (person, type)
);
create index first_view_of_view on work.first_view (view);
comment on table work.first_view is 'The view that somebody begins with on the list of a line.';
