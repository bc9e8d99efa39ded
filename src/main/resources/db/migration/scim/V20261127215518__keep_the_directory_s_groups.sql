create schema scim;

create table scim.person (
    person      uuid primary key references identity.actor,
    external_id text unique,
    removed     boolean not null default false
);
comment on table scim.person is
    'What the directory calls a person, and whether it took the person away: then the account is deactivated and hidden from it.';

create table scim."group" (
    id           uuid primary key,
    display_name text not null unique check (display_name <> ''),
    external_id  text unique,
    version      bigint not null default 1,
    created_at   timestamptz not null
);
comment on table scim."group" is 'Groups as the directory keeps them. What they give stands in identity.group_role.';

create table scim.member (
    "group" uuid not null references scim."group" on delete cascade,
    person  uuid not null references identity.actor,
    primary key ("group", person)
);
create index member_person on scim.member (person);
comment on table scim.member is 'Who is in which group.';
