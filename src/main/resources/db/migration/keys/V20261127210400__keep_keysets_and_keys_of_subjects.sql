create schema keys;

create table keys.installation (
    one boolean primary key default true check (one),
    id  uuid not null
);
insert into keys.installation (id) select id from identity.installation;
comment on table keys.installation is 'The installation to which every ciphertext is bound: that of identity.installation when the keys came.';
revoke insert, update, delete, truncate on keys.installation from "${app_role}";

create table keys.keyset (
    purpose    text primary key check (purpose in ('secrets', 'subjects', 'files', 'indexes')),
    wrapped    bytea not null,
    root       text not null,
    version    bigint not null check (version > 0),
    changed_at timestamptz(3) not null
);
comment on table keys.keyset is 'The keys of each purpose (Tink keysets), wrapped by the root key, which is not in the database; root says by which.';

create table keys.key (
    purpose      text not null references keys.keyset,
    id           bigint not null,
    made_at      timestamptz(3) not null,
    destroyed_at timestamptz(3),
    primary key (purpose, id)
);
comment on table keys.key is 'What is known of each key but the key: its id stands before every ciphertext.';

create table keys.subject (
    id        bigint generated always as identity primary key,
    name      text not null unique check (name <> ''),
    wrapped   bytea,
    made_at   timestamptz(3) not null,
    erased_at timestamptz(3),
    check ((wrapped is null) = (erased_at is not null))
);
comment on table keys.subject is 'The key of each subject, encrypted. Destroying it erases what it closed, wherever that lies; the row stays and says when.';

create table keys.rotation (
    id          uuid primary key,
    purpose     text not null references keys.keyset,
    key         bigint not null,
    started_by  text not null,
    started_at  timestamptz(3) not null,
    total       bigint not null check (total >= 0),
    done        bigint not null check (done >= 0),
    finished_at timestamptz(3)
);
create index rotation_started on keys.rotation (started_at desc, id desc);
create unique index rotation_running on keys.rotation (purpose) where finished_at is null;
comment on table keys.rotation is 'How everything of a purpose is brought under a new key, or encrypted for the first time. Goes on after a restart.';
