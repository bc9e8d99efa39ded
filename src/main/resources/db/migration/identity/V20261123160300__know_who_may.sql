create schema identity;

create table identity.installation (
    one        boolean primary key default true check (one),
    id         uuid not null default gen_random_uuid(),
    company    text,
    set_up_at  timestamptz
);
comment on table identity.installation is 'The one row of this installation. Set up once, by the first administrator.';
insert into identity.installation default values;

create table identity.actor (
    id          uuid primary key,
    kind        text not null check (kind in ('person', 'client', 'external')),
    name        text not null check (name <> ''),
    email       text check (email = lower(email)),
    active      boolean not null,
    version     bigint not null default 1,
    time_zone   text not null default 'UTC',
    locale      text not null default 'en',
    source      text,
    external_id text,
    created_at  timestamptz not null,
    unique (source, external_id),
    check (kind <> 'external' or (source is not null and external_id is not null and not active))
);
create unique index actor_email on identity.actor (email);
create index actor_name on identity.actor (lower(name));
comment on table identity.actor is
    'Everybody who acts or acted: people who sign in, API clients, authors known from imported history.';

create table identity.granted_role (
    actor   uuid not null references identity.actor,
    role    text not null,
    product text,
    unique nulls not distinct (actor, role, product)
);
comment on table identity.granted_role is 'Roles of the procedure that an actor holds; no product means company-wide.';

create table identity.password (
    person     uuid primary key references identity.actor,
    hash       text not null,
    changed_at timestamptz not null
);
comment on table identity.password is 'Argon2id hashes.';

create table identity.authenticator (
    person       uuid primary key references identity.actor,
    secret       bytea not null,
    confirmed_at timestamptz,
    last_counter bigint not null default -1,
    failures     int not null default 0,
    paused_until timestamptz
);
comment on table identity.authenticator is
    'Authenticator codes (RFC 6238). The secret is encrypted; the last counter makes each code count once.';

create table identity.recovery_code (
    person  uuid not null references identity.actor,
    hash    bytea not null,
    used_at timestamptz,
    primary key (person, hash)
);
comment on table identity.recovery_code is 'SHA-256 of 128 random bits each, so that a hash cannot be guessed back.';

create table identity.link (
    hash       bytea primary key,
    purpose    text not null check (purpose in ('set_up', 'invitation')),
    person     uuid references identity.actor,
    expires_at timestamptz not null,
    check ((purpose = 'set_up') = (person is null))
);
comment on table identity.link is 'Links that work once; the row goes when one is used.';

create table identity.throttle (
    key          bytea primary key,
    failures     int not null,
    paused_until timestamptz,
    last_at      timestamptz not null
);
comment on table identity.throttle is
    'Failed tries in a row, by hashed subject (account from an address, account, address).';

create table identity.client_key (
    id           uuid primary key,
    client       uuid not null references identity.actor,
    hash         bytea not null unique,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz
);
create index client_key_client on identity.client_key (client);
comment on table identity.client_key is 'Secrets of API clients, hashed. Several may be valid at once, so that one rotates.';

create table identity.access_token (
    id         text primary key,
    client     uuid not null references identity.actor,
    issued_at  timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz
);
create index access_token_client on identity.access_token (client, expires_at);
comment on table identity.access_token is 'The tokens given out, by their jti; a token without a row here opens nothing.';

create table identity.signing_key (
    id          text primary key,
    private_key bytea not null,
    created_at  timestamptz not null
);
comment on table identity.signing_key is 'Keys that sign access tokens, encrypted.';

-- The two tables that Spring Session JDBC works with, under a name in our schema.
create table identity.session (
    primary_id            char(36) primary key,
    session_id            char(36) not null unique,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval int not null,
    expiry_time           bigint not null,
    principal_name        varchar(100)
);
create index session_expiry on identity.session (expiry_time);
create index session_principal on identity.session (principal_name);
comment on table identity.session is 'Sign-in sessions (Spring Session JDBC).';

create table identity.session_attributes (
    session_primary_id char(36) not null references identity.session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea not null,
    primary key (session_primary_id, attribute_name)
);
comment on table identity.session_attributes is 'What a session holds (Spring Session JDBC).';
