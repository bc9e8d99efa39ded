create table identity.provider (
    id            text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name          text not null check (name <> ''),
    issuer        text not null unique,
    client_id     text not null check (client_id <> ''),
    client_secret bytea,
    groups_claim  text not null check (groups_claim <> ''),
    asserts       text[] not null,
    creates       boolean not null,
    directory     boolean not null,
    active        boolean not null
);
comment on table identity.provider is
    'OpenID Connect providers that people may sign in with. The secret is encrypted. Values of acr or amr in asserts stand for a second factor.';

create table identity.external_account (
    issuer       text not null,
    subject      text not null,
    person       uuid not null references identity.actor,
    created_at   timestamptz not null,
    last_used_at timestamptz,
    groups       text[] not null default '{}',
    primary key (issuer, subject)
);
create index external_account_person on identity.external_account (person);
create index external_account_groups on identity.external_account using gin (groups);
comment on column identity.external_account.groups is 'As the last sign-in named them.';
comment on table identity.external_account is
    'Whom an issuer means by a subject. Never found by an e-mail address, which others may come to have.';

create table identity.group_role (
    name text not null check (name <> ''),
    role text not null,
    primary key (name, role)
);
comment on table identity.group_role is
    'Which roles of the procedure the members of a group of the company''s directory hold.';
