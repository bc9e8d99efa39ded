create schema source;

create table source.repository (
    id          uuid primary key,
    product     text not null references work.product (key),
    name        text not null check (name <> ''),
    host        text not null check (host in ('github', 'gitlab', 'gitea', 'jenkins', 'git')),
    url         text not null,
    main_branch text not null default '',
    secret      bytea not null,
    active      boolean not null default true,
    version     bigint not null default 1,
    refused     bigint not null default 0,
    refused_at  timestamptz,
    refused_why text not null default '',
    created_at  timestamptz not null,
    unique (product, name, host)
);
comment on table source.repository is
    'Repositories and CI servers that tell of the code of a product. The secret their webhooks sign with is encrypted; the version counts the events of the ledger about it.';
comment on column source.repository.main_branch is 'Where merged work ends up; as an administrator said, or else as its host named it first.';

create table source.delivery (
    id          uuid primary key,
    place       bigint generated always as identity unique,
    repository  uuid not null references source.repository,
    name        text not null,
    digest      text not null check (digest ~ '^[0-9a-f]{64}$'),
    event       text not null,
    body        bytea,
    state       text not null check (state in ('waiting', 'applied', 'passed_over', 'failed')),
    says        text not null default '',
    attempts    integer not null default 0,
    received_at timestamptz not null,
    done_at     timestamptz,
    unique (repository, digest)
);
create unique index delivery_name on source.delivery (repository, name);
create index delivery_waiting on source.delivery (place) where state = 'waiting';
create index delivery_of_repository on source.delivery (repository, place desc);
create index delivery_old on source.delivery (received_at) where body is not null;
comment on table source.delivery is
    'What webhooks brought, by their own id and by what they hold, so that nothing is taken twice. The body is encrypted and forgotten after 30 days.';

create table source.commit (
    repository   uuid not null references source.repository,
    sha          text not null check (sha ~ '^[0-9a-f]{40}([0-9a-f]{24})?$'),
    title        text not null,
    author       text not null,
    person       text,
    branch       text not null,
    merges       boolean not null,
    committed_at timestamptz not null,
    seen_at      timestamptz not null,
    change       bigint,
    merged_at    timestamptz,
    keyed        boolean not null,
    primary key (repository, sha)
);
create index commit_branch on source.commit (repository, branch) where change is null;
create index commit_change on source.commit (repository, change) where change is not null;
create index commit_short on source.commit (repository, left(sha, 7));
create index commit_unkeyed on source.commit (repository, merged_at desc, sha)
    where merged_at is not null and not keyed and not merges and change is null;
comment on table source.commit is
    'Commits as pushes and the mirror tell of them. branch is the one it was first seen on, change the merge request it came by, merged_at when it reached the main branch.';

create table source.branch (
    repository uuid not null references source.repository,
    name       text not null,
    head       text,
    told_at    timestamptz not null,
    primary key (repository, name)
);
comment on table source.branch is 'Where each branch stands; no head when it was deleted.';

create table source.change (
    repository   uuid not null references source.repository,
    number       bigint not null,
    title        text not null,
    state        text not null check (state in ('open', 'merged', 'closed')),
    author       text not null,
    person       text,
    branch       text not null,
    target       text not null,
    head         text not null,
    merge_commit text,
    url          text not null,
    opened_at    timestamptz not null,
    told_at      timestamptz not null,
    merged_at    timestamptz,
    keyed        boolean not null,
    primary key (repository, number)
);
create index change_head on source.change (repository, left(head, 7));
create index change_merge_commit on source.change (repository, left(merge_commit, 7)) where merge_commit is not null;
create index change_branch on source.change (repository, branch);
create index change_unkeyed on source.change (repository, merged_at desc, number) where merged_at is not null and not keyed;
comment on table source.change is
    'Pull and merge requests. told_at is the host''s own time of what was last told: an older tale changes nothing.';

create table source.review (
    repository uuid not null references source.repository,
    change     bigint not null,
    reviewer   text not null,
    person     text not null,
    commit     text not null,
    verdict    text not null check (verdict in ('approved', 'changes_requested', 'withdrawn')),
    at         timestamptz not null,
    primary key (repository, change, reviewer, commit)
);
comment on table source.review is 'The last verdict of each reviewer on each head of a change. The ledger has every one.';

create table source.run (
    repository uuid not null references source.repository,
    name       text not null,
    number     text not null,
    attempt    integer not null,
    commit     text not null,
    state      text not null check (state in ('running', 'passed', 'failed')),
    url        text not null,
    began_at   timestamptz not null,
    told_at    timestamptz not null,
    primary key (repository, name, number)
);
create index run_of_commit on source.run (repository, left(commit, 7), began_at desc);
comment on table source.run is 'Runs of CI; per name the last that began on a commit counts.';

create table source.link (
    item       text not null,
    repository uuid not null references source.repository,
    kind       text not null check (kind in ('commit', 'change')),
    ref        text not null,
    found_in   text not null check (found_in in ('branch', 'title', 'message', 'trailer')),
    primary key (item, repository, kind, ref)
);
create index link_ref on source.link (repository, kind, ref);
comment on table source.link is 'Which items commits and changes name by key, and where. The item may not exist yet.';

create table source.account (
    host   text not null,
    login  text not null,
    person text not null,
    primary key (host, login)
);
create index account_person on source.account (person);
comment on table source.account is 'Who somebody is at a host, as an administrator said: never guessed from names or addresses.';

alter table source.link enable row level security;
create policy seen on source.link using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = link.item)
    end) with check (true);
