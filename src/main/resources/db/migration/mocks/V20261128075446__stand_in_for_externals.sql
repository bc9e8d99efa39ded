create schema mocks;

create table mocks.mock (
    id            uuid primary key,
    product       text not null references work.product (key),
    name          text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    external      uuid not null,
    external_name text not null check (external_name <> ''),
    version       integer not null default 1,
    token         text not null unique check (token ~ '^[A-Za-z0-9_-]{22}$'),
    retired       boolean not null default false,
    events        bigint not null default 1,
    changed_at    timestamptz not null,
    changed_by    text not null,
    unique (product, name)
);
comment on table mocks.mock is
    'What stands in for an external of the catalogue, by product and name. token: stands in its address, and is all that opens it; events counts those of the ledger about it.';

create table mocks.version (
    mock       uuid not null references mocks.mock,
    version    integer not null,
    digest     bytea not null,
    content    text not null,
    stubs      integer not null,
    written_at timestamptz not null,
    written_by text not null,
    primary key (mock, version)
);
comment on table mocks.version is 'Every version of the mappings of a mock, as JSON; a run names the one that answered.';

create table mocks.scenario (
    mock  uuid not null references mocks.mock,
    name  text not null,
    state text not null,
    primary key (mock, name)
);
comment on table mocks.scenario is 'The state of each scenario that has left its first one.';

create table mocks.request (
    id      bigint generated always as identity primary key,
    mock    uuid not null references mocks.mock,
    version integer not null,
    at      timestamptz not null,
    method  text not null,
    url     text not null,
    status  integer not null,
    stub    text not null,
    nearest text not null
);
create index request_of_mock on mocks.request (mock, id desc);
comment on table mocks.request is
    'The last requests to each mock, some 500 of them, without headers and bodies. stub: which answered, empty when none matched, and then nearest says which came nearest and why not.';
