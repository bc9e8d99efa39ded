-- Runs: what came of one build of one commit, added up as its reports come in, so that no page adds up reports again.
-- A run has the id of its first report; ids are times, so the newest run has the greatest.
create table quality.run (
    id uuid primary key,
    product text not null references work.product (key),
    commit text not null,
    branch text not null,
    build text not null,
    environment text not null,
    began_at timestamptz not null,
    last_at timestamptz not null,
    tests bigint not null default 0,
    passed bigint not null default 0,
    flaky bigint not null default 0,
    failed bigint not null default 0,
    skipped bigint not null default 0,
    troubles bigint not null default 0,
    micros bigint not null default 0,
    lines bigint not null default 0,
    lines_covered bigint not null default 0,
    branches bigint not null default 0,
    branches_covered bigint not null default 0,
    findings bigint not null default 0,
    samples bigint not null default 0,
    samples_failed bigint not null default 0,
    unique (product, commit, build, environment)
);
comment on table quality.run is
    'All reports of one commit, build and environment, added up. failed counts failed and errored cases; micros what the tests took.';
create index run_of_product on quality.run (product, id desc);
create index run_with_tests on quality.run (product, id desc) where tests > 0 or troubles > 0;
create index run_of_branch on quality.run (product, branch, id desc) where tests > 0 or troubles > 0;
create index run_with_coverage on quality.run (product, id desc) where lines > 0;

insert into quality.run (id, product, commit, branch, build, environment, began_at, last_at, tests, passed, flaky, failed,
                         skipped, troubles, micros, lines, lines_covered, branches, branches_covered, findings, samples,
                         samples_failed)
select (array_agg(r.id order by r.received_at, r.id))[1], r.product, r.commit, max(r.branch), r.build, r.environment,
       min(r.received_at), max(r.received_at),
       sum(coalesce((r.totals ->> 'tests')::bigint, 0)), sum(coalesce((r.totals ->> 'passed')::bigint, 0)),
       sum(coalesce((r.totals ->> 'flaky')::bigint, 0)),
       sum(case when r.family = 'tests'
                then coalesce((r.totals ->> 'failed')::bigint, 0) + coalesce((r.totals ->> 'errored')::bigint, 0)
                else 0 end),
       sum(coalesce((r.totals ->> 'skipped')::bigint, 0)), sum(coalesce((r.totals ->> 'troubles')::bigint, 0)), 0,
       sum(coalesce((r.totals ->> 'lines')::bigint, 0)), sum(coalesce((r.totals ->> 'lines_covered')::bigint, 0)),
       sum(coalesce((r.totals ->> 'branches')::bigint, 0)), sum(coalesce((r.totals ->> 'branches_covered')::bigint, 0)),
       sum(coalesce((r.totals ->> 'findings')::bigint, 0)), sum(coalesce((r.totals ->> 'samples')::bigint, 0)),
       sum(case when r.family = 'load' then coalesce((r.totals ->> 'failed')::bigint, 0) else 0 end)
  from quality.report r
 group by r.product, r.commit, r.build, r.environment;

alter table quality.report add column run uuid references quality.run;
update quality.report r
   set run = n.id
  from quality.run n
 where n.product = r.product and n.commit = r.commit and n.build = r.build and n.environment = r.environment;
create index report_of_run on quality.report (run, family);

-- A test is its suite and its name, whatever report tells of it; a shape is what failures of one cause have in common.
alter table quality.test_case
    add column test uuid not null generated always as (md5(suite || chr(31) || name)::uuid) stored,
    add column shape uuid;
create index test_case_history on quality.test_case (test, report desc);
create index test_case_odd on quality.test_case (report, test) where outcome in ('failed', 'errored', 'flaky');
create index test_case_slow on quality.test_case (report, micros desc) where micros >= 500000;
create index test_case_shape on quality.test_case (shape, report desc) where shape is not null;
drop index quality.test_case_broken;
comment on column quality.test_case.shape is
    'What the message and the stack have in common with other failures of the same cause; null when it did not fail, or came before shapes were kept.';

create table quality.component_path (
    product text not null references work.product (key),
    component text not null,
    pattern text not null check (length(pattern) between 1 and 200),
    primary key (product, component, pattern)
);
comment on table quality.component_path is
    'Which files and tests belong to a component: paths from any folder on, with * and **.';

create table quality.part (
    report uuid not null references quality.report on delete cascade,
    component text not null,
    tests bigint not null,
    failed bigint not null,
    flaky bigint not null,
    lines bigint not null,
    lines_covered bigint not null,
    primary key (report, component)
);
comment on table quality.part is
    'What of a report belongs to each component, by the paths that were in force when it came in; the component is empty for the rest.';
