create table identity.personal_token (
    id           uuid primary key,
    person       uuid not null references identity.actor,
    name         text not null check (name <> ''),
    hash         bytea not null unique,
    scopes       text[] not null
        check (scopes <@ '{read,write,administer,metrics}' and cardinality(scopes) > 0),
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    check (expires_at <= created_at + interval '2160 hours')
);
create index personal_token_person on identity.personal_token (person);
create index personal_token_expiry on identity.personal_token (expires_at);
comment on table identity.personal_token is
    'Tokens with which a person''s own programs act as that person, hashed. The last use is written once a minute.';

alter table identity.authenticator add column next_secret bytea;
comment on column identity.authenticator.next_secret is
    'Of the authenticator that replaces this one once its first code was typed. Encrypted.';
