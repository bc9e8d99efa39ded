create table identity.client (
    id     uuid primary key references identity.actor,
    scopes text[] not null default '{read,write,administer,metrics}'
        check (scopes <@ '{read,write,administer,metrics}' and cardinality(scopes) > 0),
    owner  uuid references identity.actor
);
comment on table identity.client is
    'What a program may at most (scopes), and the person who answers for it; none for those made on the command line.';
insert into identity.client (id) select id from identity.actor where kind = 'client';

alter table identity.client_key
    add column last_used_at timestamptz,
    add column warned_at timestamptz;
update identity.client_key set expires_at = created_at + interval '2160 hours' where expires_at is null;
alter table identity.client_key
    alter column expires_at set not null,
    add check (expires_at <= created_at + interval '2160 hours');
create index client_key_expiry on identity.client_key (expires_at) where revoked_at is null;
comment on column identity.client_key.warned_at is 'When its coming end was recorded, once.';

alter table identity.access_token add column scopes text[] not null default '{read,write,administer,metrics}';
alter table identity.access_token alter column scopes drop default;

create index actor_place on identity.actor ((not active), name, id) where kind = 'person';
