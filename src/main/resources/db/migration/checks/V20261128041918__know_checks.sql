create schema checks;

create table checks.definition (
    id          uuid primary key,
    product     text not null references work.product (key),
    name        text not null check (name ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    version     integer not null default 1,
    title       text not null check (title <> ''),
    environment text not null check (environment <> ''),
    every       interval check (every >= interval '1 minute'),
    drill       boolean not null,
    tied        boolean not null,
    retired     boolean not null default false,
    next_at     timestamptz,
    events      bigint not null default 1,
    changed_at  timestamptz not null,
    changed_by  text not null,
    unique (product, name),
    check (every is null or not drill)
);
create index definition_due on checks.definition (next_at) where next_at is not null;
comment on table checks.definition is
    'What the server checks by itself, by product and name. tied: it asks which commit runs there; next_at: when it is done next, null when only asked; events counts those of the ledger about it.';

create table checks.text (
    definition uuid not null references checks.definition,
    version    integer not null,
    text       text not null,
    written_at timestamptz not null,
    written_by text not null,
    primary key (definition, version)
);
comment on table checks.text is 'Every version of the text of a check; a run names the one it followed.';

create table checks.run (
    id          uuid primary key,
    definition  uuid not null references checks.definition,
    product     text not null,
    version     integer not null,
    environment text not null,
    mocked      text[] not null,
    state       text not null check (state in ('waiting', 'running', 'passed', 'failed', 'broken_off')),
    asked_by    text,
    asked_at    timestamptz not null,
    began_at    timestamptz,
    ended_at    timestamptz,
    commit      text not null default '',
    build       text not null default '',
    micros      bigint not null default 0,
    foreign key (definition, version) references checks.text,
    check ((ended_at is null) = (state in ('waiting', 'running')))
);
create index run_of_definition on checks.run (definition, id desc);
create index run_open on checks.run (asked_at) where state in ('waiting', 'running');
create index run_of_commit on checks.run (product, left(commit, 7), ended_at desc) where commit <> '';
create index run_tied on checks.run (product, ended_at desc) where commit <> '';
comment on table checks.run is
    'Each time a check was done: by whom asked (null: by its schedule), which commit and build ran there as it told itself, and what a stand-in answered for.';

create table checks.step (
    run    uuid not null references checks.run on delete cascade,
    place  integer not null,
    name   text not null,
    part   text not null check (part in ('', 'broken', 'survives', 'mend', 'recovers')),
    how    text not null check (how in ('passed', 'failed', 'skipped')),
    micros bigint not null,
    says   text not null,
    primary key (run, place)
);
comment on table checks.step is 'What came of each step of a run. Of runs nobody asked for they are forgotten after 30 days; the run stays.';

create table checks.secret (
    id         uuid primary key,
    product    text not null references work.product (key),
    name       text not null check (name ~ '^[A-Z][A-Z0-9_]{0,39}$'),
    host       text not null check (host <> ''),
    value      bytea not null,
    written_at timestamptz not null,
    written_by text not null,
    unique (product, name)
);
comment on table checks.secret is 'Passwords and tokens that checks send, each to its one host. Encrypted, and never shown.';
