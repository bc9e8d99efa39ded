package dev.conduct.quality;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Adds the coverage of a report to that of its run: a line counts once, and is covered when any report covers it.
/// What the run came to is kept with the report, so that a gate which looks back sees what was known then; lines are
/// only ever added, so the greatest of several is the newest.
@Component
class UnitedCoverage {

    private final JdbcClient database;

    UnitedCoverage(JdbcClient database) {
        this.database = database;
    }

    /// Within the transaction that keeps the report and holds its run. A report is added once: what it says twice
    /// would change nothing.
    void add(UUID report, UUID run) {
        database.sql("""
                        insert into quality.run_file as had (run, path, component, known, covered, branches,
                                                             branches_covered)
                        select :run, f.path, f.component, f.known, f.covered, f.branches, f.branches_covered
                          from quality.file_coverage f
                         where f.report = :report
                        on conflict (run, path) do update
                           set known = quality.unite(had.known, excluded.known),
                               covered = quality.unite(had.covered, excluded.covered),
                               branches = greatest(had.branches, excluded.branches),
                               branches_covered = greatest(had.branches_covered, excluded.branches_covered)
                        """).param("run", run).param("report", report).update();
        database.sql("""
                        with united as (
                             select coalesce(sum(lines), 0) as lines, coalesce(sum(lines_covered), 0) as covered,
                                    coalesce(sum(branches), 0) as branches,
                                    coalesce(sum(branches_covered), 0) as branches_covered
                               from quality.run_file where run = :run),
                             told as (
                             update quality.report set united_lines = united.lines, united_covered = united.covered
                               from united where id = :report)
                        update quality.run
                           set lines = united.lines, lines_covered = united.covered, branches = united.branches,
                               branches_covered = united.branches_covered
                          from united where id = :run
                        """).param("run", run).param("report", report).update();
        database.sql("""
                        insert into quality.part (report, component, tests, failed, flaky, lines, lines_covered)
                        select :report, component, 0, 0, 0, sum(lines), sum(lines_covered)
                          from quality.run_file
                         where run = :run
                           and exists (select from quality.run_file where run = :run and component <> '')
                         group by component
                        """).param("run", run).param("report", report).update();
    }
}
