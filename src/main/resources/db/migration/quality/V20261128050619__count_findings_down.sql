-- A ratchet is what a tool found on the main branch of a product, counted down and never up.
create table quality.ratchet (
    id uuid primary key,
    product text not null references work.product (key),
    kind text not null,
    tools text not null,
    began_at timestamptz not null,
    first bigint not null,
    left_over bigint not null check (left_over >= 0),
    seen bigint not null,
    unique (product, kind, tools)
);
comment on table quality.ratchet is
    'Per product, kind of report and tool: how many findings the main branch had at first, how many of those are left, and how many its newest report had. A report of another branch or a later one may have none that is not among them.';

create table quality.ratchet_finding (
    ratchet uuid not null references quality.ratchet on delete cascade,
    print text not null,
    allowed integer not null check (allowed > 0),
    primary key (ratchet, print)
);
comment on table quality.ratchet_finding is
    'How often a finding may still be there. It is lowered by every report of the main branch that has fewer, and raised only by a person who says why.';

alter table quality.finding add column fresh boolean not null default false;
alter table quality.finding add column component text not null default '';
comment on column quality.finding.fresh is
    'The ratchet of its tool did not know it when the report came in, and nobody accepted it since.';
create index finding_fresh on quality.finding (report) where fresh;

alter table quality.report add column tools text not null default '';
comment on column quality.report.tools is 'Of a scan: the names of the tools that made it.';
create index report_findings on quality.report (product, kind, tools, id desc) where family = 'findings';

alter table quality.part add column findings bigint not null default 0;

create table quality.measure (
    report uuid not null references quality.report on delete cascade,
    place integer not null,
    name text not null,
    location text not null,
    component text not null,
    value double precision,
    primary key (report, place)
);
comment on table quality.measure is
    'Numbers that a tool counted of files and packages: duplicated lines, and how packages lean on each other.';
