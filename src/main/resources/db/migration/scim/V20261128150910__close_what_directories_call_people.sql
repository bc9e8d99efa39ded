-- What the directory calls a person lies under the person's key, and is found again by a code.
alter table scim.person
    add column external_id_key bigint,
    add column external_id_sealed bytea,
    add column external_id_index bytea,
    add check ((external_id_key is null) = (external_id_sealed is null)
               and (external_id_sealed is null) = (external_id_index is null)),
    add check (external_id is null or external_id_sealed is null);
create unique index person_external_id_index on scim.person (external_id_index);
comment on column scim.person.external_id is 'From before it was encrypted, until it is.';
comment on column scim.person.external_id_sealed is 'What the directory calls the person, under the person''s key (keys.subject, external_id_key).';
comment on column scim.person.external_id_index is 'A code of it by which the person is found again.';
