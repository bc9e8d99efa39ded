create schema importer;

create table importer.upload (
    id uuid primary key,
    actor text not null,
    format text not null,
    product text not null,
    mapping text not null,
    answers text not null default '',
    account jsonb,
    done boolean not null default false,
    uploaded_at timestamptz not null
);
comment on table importer.upload is
    'Files brought to the import page, between the rehearsal and the run; gone a day later.';

create table importer.upload_file (
    upload uuid not null references importer.upload on delete cascade,
    place integer not null,
    name text not null,
    bytes bytea not null,
    primary key (upload, place)
);
comment on table importer.upload_file is 'The files of an upload, deleted with its run.';
