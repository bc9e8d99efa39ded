package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What facts are made of: the reports of one family, commit and build, added up as they were at a moment.
@Component
class CommitRuns {

    private static final int NAMED = 10;

    private final JdbcClient database;

    CommitRuns(JdbcClient database) {
        this.database = database;
    }

    /// @param by who sent the newest of its reports
    /// @param newest that report
    record CommitRun(
            String commit,
            String build,
            OffsetDateTime at,
            String by,
            String newest,
            long good,
            long bad,
            long covered,
            long lines) {}

    /// Which reports of a run are asked for.
    enum Which {
        /// Those that came from CI: they name no environment.
        CI(" and environment = ''"),
        ANYWHERE(""),
        /// Of scanners of security, about a build or an environment that they name. SARIF does not say which tools
        /// are such.
        SECURITY(" and kind in ('zap', 'trivy', 'dependency_check') and (build <> '' or environment <> '')");

        /// A condition on `quality.report`.
        final String condition;

        Which(String condition) {
            this.condition = condition;
        }
    }

    /// The newest run of this commit, or else the newest of another.
    List<CommitRun> of(String product, String family, String commit, OffsetDateTime at, Which which) {
        return database.sql("""
                        with mine as (
                               select commit, build
                                 from quality.report
                                where product = :product and family = :family and received_at <= :at %1$s
                                  and left(commit, 7) = left(:commit, 7)
                                  and (starts_with(commit, :commit) or starts_with(:commit, commit))
                                order by received_at desc
                                limit 1),
                             other as (
                               select commit, build
                                 from quality.report
                                where product = :product and family = :family and received_at <= :at %1$s
                                  and not exists (select from mine)
                                order by received_at desc
                                limit 1)
                        select commit, build, max(received_at) as at,
                               (array_agg(received_by order by received_at desc))[1] as by,
                               (array_agg(id order by received_at desc))[1] as newest,
                               sum(coalesce((totals ->> 'passed')::bigint, 0)) as good,
                               sum(coalesce((totals ->> 'failed')::bigint, 0)
                                   + coalesce((totals ->> 'errored')::bigint, 0)
                                   + coalesce((totals ->> 'troubles')::bigint, 0)) as bad,
                               coalesce(max(united_covered), 0) as covered, coalesce(max(united_lines), 0) as lines
                          from quality.report
                          join (select * from mine union all select * from other) chosen using (commit, build)
                         where product = :product and family = :family and received_at <= :at %1$s
                         group by commit, build
                        """.formatted(which.condition))
                .param("product", product)
                .param("family", family)
                .param("commit", commit)
                .param("at", at)
                .query(CommitRuns::run)
                .list();
    }

    /// Failures of a run whose tests were put aside at this moment: they do not count.
    long aside(String product, CommitRun run, OffsetDateTime at) {
        return database.sql("""
                        select count(*)
                          from quality.report r
                          join quality.test_case t on t.report = r.id and t.outcome in ('failed', 'errored')
                         where r.product = :product and r.family = 'tests' and r.environment = ''
                           and r.commit = :commit and r.build = :build and r.received_at <= :at
                           and exists (
                                 select from quality.quarantine q
                                  where q.product = r.product and q.test = t.test
                                    and q.begins_at <= :at and q.ends_at > :at
                                    and (q.lifted_at is null or q.lifted_at > :at))
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .query(Long.class)
                .single();
    }

    /// Names of the tests of a run that failed and were put aside, as words; empty without any.
    String putAside(String product, CommitRun run, OffsetDateTime at) {
        var names = database.sql("""
                        select distinct t.suite || ' ' || t.name as test
                          from quality.report r
                          join quality.test_case t on t.report = r.id and t.outcome in ('failed', 'errored')
                         where r.product = :product and r.family = 'tests' and r.environment = ''
                           and r.commit = :commit and r.build = :build and r.received_at <= :at
                           and exists (
                                 select from quality.quarantine q
                                  where q.product = r.product and q.test = t.test
                                    and q.begins_at <= :at and q.ends_at > :at
                                    and (q.lifted_at is null or q.lifted_at > :at))
                         order by test
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .query((row, number) -> row.getString(1))
                .list();
        return names.isEmpty() ? "" : "Failed and put aside: " + listed(names);
    }

    /// Ten of them, and how many more there are.
    static String listed(List<String> names) {
        var more = names.size() - NAMED;
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// Whether something passed and nothing failed that counts.
    boolean green(String product, CommitRun run, OffsetDateTime at) {
        return run.good() > 0 && (run.bad() == 0 || run.bad() == aside(product, run, at));
    }

    private static CommitRun run(ResultSet row, int number) throws SQLException {
        return new CommitRun(
                row.getString("commit"),
                row.getString("build"),
                row.getObject("at", OffsetDateTime.class),
                row.getString("by"),
                row.getString("newest"),
                row.getLong("good"),
                row.getLong("bad"),
                row.getLong("covered"),
                row.getLong("lines"));
    }
}
