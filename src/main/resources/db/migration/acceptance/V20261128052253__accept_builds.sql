create schema acceptance;

create table acceptance.session (
    id          uuid primary key,
    product     text not null references work.product (key),
    title       text not null check (title <> ''),
    commit      text not null,
    build       text not null check (build <> ''),
    environment text not null,
    criteria    text not null,
    signs       text not null check (signs ~ '^[0-9a-f]{64}$'),
    opened_by   text not null,
    opened_at   timestamptz not null,
    closed_at   timestamptz
);
create index session_of_product on acceptance.session (product, id desc);
create index session_of_commit on acceptance.session (product, left(commit, 7), id desc);
comment on table acceptance.session is
    'Acceptance of a named build in staging: criteria, one a line, never changed. signs is the SHA-256 of title, commit, build and criteria, named in every verdict.';

create table acceptance.invitation (
    session    uuid not null references acceptance.session,
    person     text not null,
    verdict    text not null default '' check (verdict in ('', 'accepted', 'rejected')),
    met        text not null default '',
    note       text not null default '',
    signed_at  timestamptz,
    primary key (session, person)
);
create index invitation_of_person on acceptance.invitation (person, session desc);
comment on table acceptance.invitation is
    'Who was asked to accept a build, and the signed verdict. met lists the numbers of the criteria that were met.';

create table acceptance.feedback (
    id         uuid primary key,
    session    uuid not null references acceptance.session,
    person     text not null,
    text       text not null,
    said_at    timestamptz not null,
    decision   text not null default '' check (decision in ('', 'accepted', 'rejected', 'deferred')),
    reason     text not null default '',
    item       text not null default '',
    decided_by text not null default '',
    decided_at timestamptz
);
create index feedback_of_session on acceptance.feedback (session, id);
create index feedback_of_person on acceptance.feedback (session, person, id);
comment on table acceptance.feedback is
    'What people who try a build say of it, each decided: accepted as a record, rejected or deferred with a reason.';
