alter table source.repository
    add column token_user text not null default '',
    add column token bytea;
comment on column source.repository.token is 'With what its mirror is fetched, sealed; null for one that everybody may read. token_user: the name that goes with it.';
