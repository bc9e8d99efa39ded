create table importer.run (
    id       uuid primary key,
    actor    text not null,
    format   text not null,
    product  text not null,
    files    text not null,
    doing    text not null check (doing in ('import', 'undo')),
    state    text not null check (state in ('waiting', 'running', 'done', 'failed')),
    asked_at timestamptz(3) not null,
    beat_at  timestamptz(3) not null,
    ended_at timestamptz(3),
    expected bigint not null check (expected >= 0),
    handled  bigint not null check (handled >= 0),
    account  jsonb,
    undone   jsonb,
    undoer   text,
    trouble  text
);
comment on table importer.run is
    'Imports, and their undoing: who asked, how far it is, what came of it. handled of expected records; beat_at is when '
    'the server that does it last said so.';
create index run_asked on importer.run (asked_at desc, id desc);
create index run_to_do on importer.run (asked_at, id) where state in ('waiting', 'running');

create table importer.run_item (
    run     uuid not null references importer.run on delete cascade,
    item    text collate "C" not null,
    version bigint not null,
    primary key (run, item)
);
comment on table importer.run_item is
    'The items a run made, and the version it left each in: at that version nobody has touched it since.';
