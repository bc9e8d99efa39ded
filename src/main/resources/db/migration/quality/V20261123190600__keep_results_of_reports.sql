create schema quality;

create table quality.report (
    id uuid primary key,
    product text not null references work.product (key),
    commit text not null check (commit ~ '^[0-9a-f]{7,64}$'),
    branch text not null default '',
    build text not null default '',
    environment text not null default '',
    kind text not null,
    family text not null check (family in ('tests', 'coverage', 'load', 'findings')),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes > 0),
    totals jsonb not null default '{}',
    received_by text not null,
    received_at timestamptz not null,
    unique (product, commit, build, environment, digest)
);
comment on table quality.report is
    'One report of a tool, of one commit, build and environment: the same bytes of the same are kept once. The ledger has its digest and totals.';
create index report_newest on quality.report (product, family, received_at desc);

create table quality.test_case (
    report uuid not null references quality.report on delete cascade,
    place integer not null,
    suite text not null,
    name text not null,
    outcome text not null check (outcome in ('passed', 'flaky', 'failed', 'errored', 'skipped')),
    micros bigint,
    retries integer not null,
    says text not null,
    primary key (report, place)
);
comment on table quality.test_case is 'How each test of a report came out, in the order of the report.';
create index test_case_broken on quality.test_case (report) where outcome in ('failed', 'errored');

create table quality.trouble (
    report uuid not null references quality.report on delete cascade,
    place integer not null,
    location text not null,
    says text not null,
    primary key (report, place)
);
comment on table quality.trouble is 'What went wrong outside any test: a run with one is not green.';

create table quality.file_coverage (
    report uuid not null references quality.report on delete cascade,
    path text not null,
    lines integer not null,
    lines_covered integer not null check (lines_covered between 0 and lines),
    branches integer not null,
    branches_covered integer not null check (branches_covered between 0 and branches),
    known bytea not null,
    covered bytea not null,
    primary key (report, path)
);
comment on table quality.file_coverage is 'Coverage of one source file; bit n of known and covered is line n.';

create table quality.finding (
    report uuid not null references quality.report on delete cascade,
    place integer not null,
    tool text not null,
    rule text not null,
    severity text not null check (severity in ('critical', 'high', 'medium', 'low', 'info')),
    says text not null,
    location text not null,
    line integer not null,
    print text not null,
    suppressed boolean not null,
    instances integer not null,
    primary key (report, place)
);
comment on table quality.finding is 'What a scan found. The print is the same in the next scan, wherever the finding has moved.';
create index finding_print on quality.finding (report, print);

create table quality.load_summary (
    report uuid not null references quality.report on delete cascade,
    label text not null,
    count bigint not null,
    failed bigint not null,
    least double precision,
    mean double precision,
    median double precision,
    p95 double precision,
    p99 double precision,
    most double precision,
    primary key (report, label)
);
comment on table quality.load_summary is 'The requests of one label of a load test, times in milliseconds; null where nobody knows.';

create table quality.load_check (
    report uuid not null references quality.report on delete cascade,
    place integer not null,
    threshold boolean not null,
    name text not null,
    passes bigint not null,
    fails bigint not null,
    primary key (report, place)
);
comment on table quality.load_check is 'Limits and checks that a load test counted by itself.';
