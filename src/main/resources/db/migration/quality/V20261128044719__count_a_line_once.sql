-- Several reports of one run tell of the same file: a line counts once, and is covered when any of them covers it.
create function quality.unite(one bytea, other bytea) returns bytea
    language plpgsql immutable strict parallel safe as $$
declare
    united bytea := case when length(one) >= length(other) then one else other end;
    short  bytea := case when length(one) >= length(other) then other else one end;
begin
    for i in 0 .. length(short) - 1 loop
        united := set_byte(united, i, get_byte(united, i) | get_byte(short, i));
    end loop;
    return united;
end $$;
comment on function quality.unite(bytea, bytea) is 'The bits that are set in either.';

alter table quality.file_coverage add column component text not null default '';
comment on column quality.file_coverage.component is
    'By the paths that were in force when the report came in; empty for the rest.';

create table quality.run_file (
    run uuid not null references quality.run on delete cascade,
    path text not null,
    component text not null,
    known bytea not null,
    covered bytea not null,
    lines integer generated always as (bit_count(known)) stored,
    lines_covered integer generated always as (bit_count(covered)) stored,
    branches integer not null,
    branches_covered integer not null,
    primary key (run, path)
);
comment on table quality.run_file is
    'Coverage of one file by all reports of a run together. Of branches no tool says which, so the fullest report counts.';

do $$
declare
    told record;
begin
    for told in
        select r.run, f.*
          from quality.report r join quality.file_coverage f on f.report = r.id
         where r.run is not null and r.family = 'coverage'
         order by r.id
    loop
        insert into quality.run_file as had (run, path, component, known, covered, branches, branches_covered)
        values (told.run, told.path, told.component, told.known, told.covered, told.branches, told.branches_covered)
        on conflict (run, path) do update
           set known = quality.unite(had.known, excluded.known),
               covered = quality.unite(had.covered, excluded.covered),
               branches = greatest(had.branches, excluded.branches),
               branches_covered = greatest(had.branches_covered, excluded.branches_covered);
    end loop;
end $$;

update quality.run n
   set lines = f.lines, lines_covered = f.lines_covered, branches = f.branches, branches_covered = f.branches_covered
  from (select run, sum(lines) as lines, sum(lines_covered) as lines_covered, sum(branches) as branches,
               sum(branches_covered) as branches_covered
          from quality.run_file group by run) f
 where f.run = n.id;

-- What all coverage of the run came to when this report was in: a gate that looks back sees what was known then.
alter table quality.report add column united_lines bigint, add column united_covered bigint;
comment on column quality.report.united_lines is
    'Lines of its run by all coverage so far, this report included; null for what is no coverage. It only grows.';
update quality.report r
   set united_lines = n.lines, united_covered = n.lines_covered
  from quality.run n
 where n.id = r.run and r.family = 'coverage';
comment on table quality.part is
    'What of a report belongs to each component: its own tests, and the lines of its run so far, this report included. The component is empty for the rest.';
