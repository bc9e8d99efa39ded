create table identity.organisation (
    id         uuid primary key,
    name       text not null check (length(name) between 1 and 200),
    created_at timestamptz not null
);
create unique index organisation_name on identity.organisation (lower(name));
comment on table identity.organisation is 'Customers: the organisations whose people report from outside, and see what their colleagues reported.';
alter table identity.actor add column organisation uuid references identity.organisation;
create index actor_organisation on identity.actor (organisation) where organisation is not null;

create table identity.team (
    id         uuid primary key,
    name       text not null check (length(name) between 1 and 200),
    created_at timestamptz not null
);
create unique index team_name on identity.team (lower(name));
comment on table identity.team is 'Named groups of people, who hold the roles of the team and own components together.';

create table identity.team_member (
    team   uuid not null references identity.team on delete cascade,
    member uuid not null references identity.actor,
    primary key (team, member)
);
create index team_member_member on identity.team_member (member);
comment on table identity.team_member is 'Who is in which team.';

create table identity.team_role (
    team    uuid not null references identity.team on delete cascade,
    role    text not null,
    product text,
    unique nulls not distinct (team, role, product)
);
comment on table identity.team_role is 'Roles that everybody in a team holds; no product means company-wide.';
create index granted_role_role on identity.granted_role (role, product);
