create schema if not exists procedure;
grant usage on schema procedure to "${app_role}";

create table procedure.version (
    version     text primary key,
    hash        text not null check (hash ~ '^[0-9a-f]{64}$'),
    effective   timestamptz(3) not null,
    adopted_at  timestamptz(3) not null,
    adopted_by  text not null,
    approved_by text
);
comment on table procedure.version is
    'The versions of the procedure this installation adopted, kept for ever. In force is the one with the latest effective that has come.';

create table procedure.file (
    version text not null references procedure.version (version),
    name    text not null,
    bytes   bytea not null check (octet_length(bytes) <= 1000000),
    primary key (version, name)
);
comment on table procedure.file is 'The files of an adopted version, byte for byte; its hash is over them.';

-- An adopted version is never changed or removed by the server.
revoke update, delete, truncate on procedure.version, procedure.file from "${app_role}";
