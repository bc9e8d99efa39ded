-- What people call their passkeys and tokens lies under the key of each.
alter table identity.passkey
    alter column name drop not null,
    add column name_key bigint,
    add column name_sealed bytea,
    add check ((name_key is null) = (name_sealed is null)),
    add check (name is null or name_sealed is null);
alter table identity.personal_token
    alter column name drop not null,
    add column name_key bigint,
    add column name_sealed bytea,
    add check ((name_key is null) = (name_sealed is null)),
    add check (name is null or name_sealed is null);
create index passkey_plain on identity.passkey (id) where name is not null;
create index personal_token_plain on identity.personal_token (id) where name is not null;
comment on column identity.passkey.name is 'From before it was encrypted, until it is.';
comment on column identity.passkey.name_sealed is 'What the person calls it, under the person''s key (keys.subject, name_key).';
comment on column identity.personal_token.name is 'From before it was encrypted, until it is.';
comment on column identity.personal_token.name_sealed is 'What the person calls it, under the person''s key (keys.subject, name_key).';
