-- A name is searched while it is typed.
create index actor_name_words on identity.actor using gin (name gin_trgm_ops);
create index actor_email_words on identity.actor using gin (email gin_trgm_ops) where email is not null;
