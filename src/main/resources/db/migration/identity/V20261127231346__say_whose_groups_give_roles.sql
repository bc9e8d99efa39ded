alter table identity.provider add column gives_roles boolean not null default false;
comment on column identity.provider.gives_roles is
    'Whether the groups it names give roles here. Off until an administrator says so: a provider of customers or guests names groups too.';
