alter table identity.actor
    add column email_key bigint,
    add column email_sealed bytea,
    add column email_index bytea;
alter table identity.actor
    add check ((email_key is null) = (email_sealed is null) and (email_sealed is null) = (email_index is null)),
    add check (email is null or email_sealed is null);
create unique index actor_email_index on identity.actor (email_index);
comment on column identity.actor.email is 'An address from before addresses were encrypted, until it is.';
comment on column identity.actor.email_sealed is 'The address under the key of the person (keys.subject, email_key).';
comment on column identity.actor.email_index is 'A code of the address by which it is found: equal addresses have equal codes.';
