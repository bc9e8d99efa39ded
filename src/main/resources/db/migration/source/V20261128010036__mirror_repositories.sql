create table source.mirror (
    repository uuid primary key references source.repository,
    next_at    timestamptz not null,
    fetched_at timestamptz,
    trouble    text not null default '',
    heads      text[] not null default '{}',
    commits    bigint not null default 0,
    checked_at timestamptz,
    sound      boolean,
    objects    bigint not null default 0,
    check_says text not null default ''
);
create index mirror_due on source.mirror (next_at);
comment on table source.mirror is
    'The copy of a repository in the data folder: when it is fetched next, the heads whose history was read, and whether it could be restored when that was last tried.';
