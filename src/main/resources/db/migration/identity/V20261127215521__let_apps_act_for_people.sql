create table identity.app (
    id            uuid primary key,
    name          text not null check (name <> ''),
    redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
    scopes        text[] not null check (scopes <@ '{read,write}' and cardinality(scopes) > 0),
    active        boolean not null default true,
    created_at    timestamptz not null
);
comment on table identity.app is
    'Apps that act for people who agreed. They keep no secret (public clients): PKCE binds each code to who asked for it.';

create table identity.app_grant (
    id           uuid primary key,
    app          uuid not null references identity.app,
    person       uuid not null references identity.actor,
    scopes       text[] not null check (scopes <@ '{read,write}' and cardinality(scopes) > 0),
    created_at   timestamptz not null,
    expires_at   timestamptz not null check (expires_at <= created_at + interval '2160 hours'),
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index app_grant_person on identity.app_grant (person) where revoked_at is null;
create index app_grant_app on identity.app_grant (app) where revoked_at is null;
comment on table identity.app_grant is 'What a person agreed to once, and with it every token that came of it.';

create table identity.app_token (
    hash         bytea primary key,
    kind         text not null check (kind in ('code', 'access', 'refresh')),
    "grant"      uuid not null references identity.app_grant on delete cascade,
    challenge    text,
    redirect_uri text,
    expires_at   timestamptz not null,
    used_at      timestamptz,
    check ((kind = 'code') = (challenge is not null and redirect_uri is not null))
);
create index app_token_expiry on identity.app_token (expires_at);
create index app_token_grant on identity.app_token ("grant");
comment on table identity.app_token is
    'Codes and tokens of apps, hashed. Codes and refresh tokens are used once; a second use ends the grant.';
