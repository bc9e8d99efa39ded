create schema testing;

create table testing.node (
    id        uuid primary key,
    product   text not null references work.product (key),
    name      text not null check (name <> ''),
    kind      text not null check (kind in ('component', 'service', 'api', 'database', 'third_party')),
    owner     text not null default '',
    mock      text not null default '',
    retired   boolean not null default false
);
create unique index node_name on testing.node (product, lower(name)) where not retired;
create index node_of_product on testing.node (product, id);
comment on table testing.node is
    'What a product consists of and leans on: its parts, and third parties with the mock that stands in for them in tests.';

create table testing.point (
    id          uuid primary key,
    product     text not null references work.product (key),
    from_node   uuid not null references testing.node,
    to_node     uuid not null references testing.node,
    name        text not null check (name <> ''),
    kind        text not null check (kind in ('call', 'event', 'data', 'file')),
    protocol    text not null default '',
    criticality text not null check (criticality in ('high', 'medium', 'low')),
    owner       text not null default '',
    retired     boolean not null default false
);
create index point_of_product on testing.point (product, id);
create index point_from on testing.point (from_node);
create index point_to on testing.point (to_node);
comment on table testing.point is
    'Integration points: what one part of a product asks of another, or of a third party. Without an owner one is a hole.';

create table testing.plan (
    id          uuid primary key,
    product     text not null references work.product (key),
    title       text not null check (title <> ''),
    purpose     text not null default '',
    environment text not null default '',
    regression  boolean not null default false,
    retired     boolean not null default false,
    version     bigint not null,
    changed_by  text not null,
    changed_at  timestamptz not null
);
create index plan_of_product on testing.plan (product, id);
comment on table testing.plan is
    'Test plans. A regression plan is one whose run a gate may ask for.';

create table testing.test_case (
    id         uuid primary key,
    product    text not null references work.product (key),
    plan       uuid not null references testing.plan,
    number     integer not null,
    reference  text not null default '',
    version    bigint not null,
    retired    boolean not null default false,
    unique (product, number)
);
create unique index test_case_reference on testing.test_case (product, reference) where reference <> '';
create index test_case_of_plan on testing.test_case (plan, number);
comment on table testing.test_case is
    'Cases of plans, by number within the product (APP-C12). The version in force is a row of case_version; the reference is what another system calls it.';

create table testing.case_version (
    test_case     uuid not null references testing.test_case,
    version       bigint not null,
    title         text not null,
    preconditions text not null,
    steps         text not null,
    data          text not null,
    edge_class    text not null,
    automation    text not null,
    automated     uuid generated always as (
        case when position('#' in automation) > 0
             then md5(split_part(automation, '#', 1) || chr(31) || substr(automation, position('#' in automation) + 1))::uuid
        end) stored,
    requirement   text not null,
    component     text not null,
    point         uuid references testing.point,
    changed_by    text not null,
    changed_at    timestamptz not null,
    primary key (test_case, version)
);
create index case_version_point on testing.case_version (point) where point is not null;
create index case_version_requirement on testing.case_version (requirement) where requirement <> '';
create index case_version_automated on testing.case_version (automated) where automated is not null;
comment on table testing.case_version is
    'Every version of every case, kept. Steps are lines "action => expected", data sets lines "name: values"; automated is the test of quality.test_case that the automation id names.';

create table testing.test_run (
    id          uuid primary key,
    product     text not null references work.product (key),
    plan        uuid not null references testing.plan,
    title       text not null,
    commit      text not null,
    build       text not null,
    environment text not null,
    mocked      text[] not null,
    started_by  text not null,
    started_at  timestamptz not null,
    ended_by    text,
    ended_at    timestamptz,
    check ((ended_by is null) = (ended_at is null))
);
create index test_run_of_product on testing.test_run (product, id desc);
create index test_run_of_plan on testing.test_run (plan, id desc);
create index test_run_commit on testing.test_run (product, left(commit, 7), id desc);
comment on table testing.test_run is
    'Runs of plans on one commit and build: what was mocked, who began and ended them.';

create table testing.run_case (
    run       uuid not null references testing.test_run,
    test_case uuid not null references testing.test_case,
    version   bigint not null,
    number    integer not null,
    verdict   text not null default '' check (verdict in ('', 'passed', 'failed', 'blocked', 'skipped')),
    note      text not null default '',
    seconds   bigint not null default 0,
    judged_by text not null default '',
    judged_at timestamptz,
    report    uuid,
    revision  bigint not null default 0,
    primary key (run, test_case)
);
create unique index run_case_number on testing.run_case (run, number);
create index run_case_of_case on testing.run_case (test_case, run desc) where verdict <> '';
comment on table testing.run_case is
    'How each case came out in a run, and in which version. report is the run of quality an automated verdict was read from; the revision counts judgements, so that nobody overwrites what they did not see.';

create table testing.step_result (
    run       uuid not null references testing.test_run,
    test_case uuid not null references testing.test_case,
    step      integer not null check (step >= 1),
    verdict   text not null check (verdict in ('', 'passed', 'failed', 'blocked', 'skipped')),
    note      text not null default '',
    judged_by text not null,
    judged_at timestamptz not null,
    revision  bigint not null,
    primary key (run, test_case, step)
);
comment on table testing.step_result is 'How each step of a case came out when a person went through it.';

create table testing.run_defect (
    run         uuid not null references testing.test_run,
    test_case   uuid not null references testing.test_case,
    item        text not null,
    reported_by text not null,
    reported_at timestamptz not null,
    primary key (run, test_case, item)
);
create index run_defect_item on testing.run_defect (item);
comment on table testing.run_defect is 'What was reported of a case that did not pass in a run.';

alter table testing.run_defect enable row level security;
create policy seen on testing.run_defect using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = run_defect.item)
    end) with check (true);
