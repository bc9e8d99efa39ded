-- A person's name lies under the person's key, and so does what another system calls an author. Programs are no people:
-- their names stay readable.
alter table identity.actor
    alter column name drop not null,
    add column name_key bigint,
    add column name_sealed bytea,
    add column external_id_key bigint,
    add column external_id_sealed bytea,
    add column external_id_index bytea;
do $$
declare old text;
begin
    for old in select conname from pg_constraint
                where conrelid = 'identity.actor'::regclass and contype = 'c'
                  and pg_get_constraintdef(oid) like '%external_id IS NOT NULL%' loop
        execute format('alter table identity.actor drop constraint %I', old);
    end loop;
end $$;
update identity.actor a
   set name = null, external_id = null
  from identity.erasure e
 where e.person = a.id and e.erased_at is not null;
alter table identity.actor
    add check (kind <> 'external' or (source is not null and not active)),
    add check (kind <> 'client' or name is not null),
    add check ((name_key is null) = (name_sealed is null)),
    add check (name is null or name_sealed is null),
    add check ((external_id_key is null) = (external_id_sealed is null)
               and (external_id_sealed is null) = (external_id_index is null)),
    add check (external_id is null or external_id_sealed is null);
create unique index actor_external_id_index on identity.actor (source, external_id_index);
drop index identity.actor_name;
drop index identity.actor_name_words;
drop index identity.actor_email_words;
comment on column identity.actor.name is 'Of a program. Of a person, from before names were encrypted, until it is.';
comment on column identity.actor.name_sealed is 'The name under the key of the person (keys.subject, name_key); null once the person was erased.';
comment on column identity.actor.external_id is 'From before it was encrypted, until it is.';
comment on column identity.actor.external_id_sealed is 'What the source calls the author, under the author''s key (keys.subject, external_id_key).';
comment on column identity.actor.external_id_index is 'A code of it by which the author is found again.';
