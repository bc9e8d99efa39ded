create table identity.passkey (
    id              uuid primary key,
    person          uuid not null references identity.actor,
    credential      bytea not null unique check (length(credential) between 16 and 1023),
    public_key      bytea not null,
    attestation     bytea not null,
    client_data     bytea not null,
    transports      text[] not null,
    signature_count bigint not null check (signature_count >= 0),
    synced          boolean not null,
    name            text not null check (name <> ''),
    created_at      timestamptz not null,
    last_used_at    timestamptz
);
create index passkey_person on identity.passkey (person, created_at);
comment on table identity.passkey is
    'Passkeys of people (WebAuthn): public keys alone. The signature count only ever grows, unless it is always 0.';

create table identity.passkey_challenge (
    session    bytea primary key,
    challenge  bytea not null,
    expires_at timestamptz not null
);
create index passkey_challenge_expiry on identity.passkey_challenge (expires_at);
comment on table identity.passkey_challenge is
    'The challenge a session was given last, by the hash of its id. Taking it deletes it: an answer counts once.';
