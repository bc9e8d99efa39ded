create table work.saved_view (
    id    uuid primary key,
    owner text not null,
    type  text not null,
    title text not null check (length(title) between 1 and 60),
    query text not null check (length(query) <= 1000),
    unique (owner, type, title)
);
comment on table work.saved_view is 'Queries of the list of one line that somebody keeps under a name. Personal: not part of the record, and in no ledger.';
