-- What of the lines that a commit changed its tests ran: counted when coverage comes and the mirror has the commit.
create table quality.change_count (
    id         uuid primary key,
    run        uuid not null references quality.run on delete cascade,
    report     uuid not null references quality.report on delete cascade,
    product    text not null,
    commit     text not null,
    build      text not null,
    base       text not null,
    against    text not null,
    trouble    text not null check (trouble in ('', 'too_large', 'paths')),
    changed    bigint not null,
    lines      bigint not null,
    covered    bigint not null check (covered between 0 and lines),
    unknown    integer not null,
    reports    bigint not null check (reports > 0),
    counted_at timestamptz not null,
    unique (run, reports)
);
create index change_count_of_commit on quality.change_count (product, left(commit, 7), counted_at desc);
create index change_count_newest on quality.change_count (product, counted_at desc);
comment on table quality.change_count is
    'Of the lines that a commit changed against base: those a test can run and those one ran, by all coverage of the run, as many reports as were there. unknown: changed files that no coverage names. trouble: too_large to look at, or paths of coverage that are none of the repository.';

create table quality.change_file (
    count   uuid not null references quality.change_count on delete cascade,
    path    text not null,
    told_as text not null,
    changed integer not null,
    lines   integer not null,
    covered integer not null check (covered between 0 and lines),
    gaps    bytea not null,
    primary key (count, path)
);
comment on table quality.change_file is
    'One changed file that coverage names, as told_as: bit n of gaps is line n, changed, and run by no test.';

create index run_counted on quality.run (id desc) where lines > 0;
