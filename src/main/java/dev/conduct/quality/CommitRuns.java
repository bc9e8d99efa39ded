package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What facts are made of: the reports of one family, commit and build, added up as they were at a moment. Each
/// question is put of many at once, in one statement.
@Component
class CommitRuns {

    /// Runs as rows, numbered from 1: to be given [#columns] as parameters.
    static final String RUNS = """
            unnest(:products::text[], :commits::text[], :builds::text[], :moments::timestamptz[], :newest::uuid[])
            with ordinality run(product, commit, build, until, newest, n)""";

    private static final int NAMED = 10;

    private final JdbcClient database;

    CommitRuns(JdbcClient database) {
        this.database = database;
    }

    /// A commit, as it was known at a moment.
    record Asked(String product, String commit, Instant at) {}

    /// @param until the moment up to which its reports count
    /// @param by who sent the newest of its reports
    /// @param newest that report
    record CommitRun(
            String product,
            Instant until,
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

    /// The newest run of each commit, or else the newest of another.
    Map<Asked, CommitRun> of(Collection<Asked> asked, String family, Which which) {
        var list = List.copyOf(asked);
        var runs = new HashMap<Asked, CommitRun>();
        if (list.isEmpty()) {
            return runs;
        }
        database.sql("""
                        select a.n, a.product, chosen.commit, chosen.build, told.*
                          from unnest(:products::text[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(product, wanted, until, n)
                          cross join lateral (
                               select commit, build
                                 from ((select commit, build, 0 as place
                                          from quality.report
                                         where product = a.product and family = :family and received_at <= a.until %1$s
                                           and short = left(a.wanted, 7)
                                           and (starts_with(commit, a.wanted) or starts_with(a.wanted, commit))
                                         order by received_at desc
                                         limit 1)
                                       union all
                                       (select commit, build, 1
                                          from quality.report
                                         where product = a.product and family = :family and received_at <= a.until %1$s
                                         order by received_at desc
                                         limit 1)) known
                                order by place
                                limit 1) chosen
                          cross join lateral (
                               select max(received_at) as at,
                                      (array_agg(received_by order by received_at desc))[1] as by,
                                      (array_agg(id order by received_at desc))[1] as newest,
                                      sum(coalesce((totals ->> 'passed')::bigint, 0)) as good,
                                      sum(coalesce((totals ->> 'failed')::bigint, 0)
                                          + coalesce((totals ->> 'errored')::bigint, 0)
                                          + coalesce((totals ->> 'troubles')::bigint, 0)) as bad,
                                      coalesce(max(united_covered), 0) as covered,
                                      coalesce(max(united_lines), 0) as lines
                                 from quality.report r
                                where r.product = a.product and r.family = :family and r.received_at <= a.until %1$s
                                  and r.commit = chosen.commit and r.build = chosen.build) told
                        """.formatted(which.condition))
                .param("products", list.stream().map(Asked::product).toArray(String[]::new))
                .param("wanted", list.stream().map(Asked::commit).toArray(String[]::new))
                .param("moments", list.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .param("family", family)
                .query(row -> {
                    var one = list.get(row.getInt("n") - 1);
                    runs.put(one, run(row, one));
                });
        return runs;
    }

    /// Failures of a run whose tests were put aside: they do not count.
    ///
    /// @param cases how many there are
    /// @param tests their names
    record Aside(long cases, List<String> tests) {

        static final Aside NONE = new Aside(0, List.of());

        /// As words; empty without any.
        String says() {
            return tests.isEmpty() ? "" : "Failed and put aside: " + listed(tests);
        }
    }

    /// Of those among these runs that failed; the others have none.
    Map<CommitRun, Aside> aside(Collection<CommitRun> runs) {
        var failed = runs.stream().filter(run -> run.bad() > 0).distinct().toList();
        var aside = new HashMap<CommitRun, Aside>();
        if (failed.isEmpty()) {
            return aside;
        }
        database.sql("""
                        select run.n, t.suite || ' ' || t.name as test, count(*) as cases
                          from %s
                          join quality.report r
                            on r.product = run.product and r.family = 'tests' and r.environment = ''
                           and r.commit = run.commit and r.build = run.build and r.received_at <= run.until
                          join quality.test_case t on t.report = r.id and t.outcome in ('failed', 'errored')
                         where exists (
                                 select from quality.quarantine q
                                  where q.product = r.product and q.test = t.test
                                    and q.begins_at <= run.until and q.ends_at > run.until
                                    and (q.lifted_at is null or q.lifted_at > run.until))
                         group by run.n, t.suite, t.name
                         order by run.n, 2
                        """.formatted(RUNS)).params(columns(failed)).query(row -> {
            var run = failed.get(row.getInt("n") - 1);
            var before = aside.getOrDefault(run, Aside.NONE);
            var tests = new ArrayList<>(before.tests());
            tests.add(row.getString("test"));
            aside.put(run, new Aside(before.cases() + row.getLong("cases"), tests));
        });
        return aside;
    }

    /// Whether something passed and nothing failed that counts.
    static boolean green(CommitRun run, Aside aside) {
        return run.good() > 0 && (run.bad() == 0 || run.bad() == aside.cases());
    }

    /// Ten of them, and how many more there are.
    static String listed(List<String> names) {
        var more = names.size() - NAMED;
        return names.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /// One number of each run.
    ///
    /// @param sql selects `n` and the number, of [#RUNS]
    Map<CommitRun, Long> numbers(String sql, List<CommitRun> runs, Map<String, Object> besides) {
        var numbers = new HashMap<CommitRun, Long>();
        if (!runs.isEmpty()) {
            database.sql(sql).params(columns(runs)).params(besides).query(row -> {
                numbers.put(runs.get(row.getInt(1) - 1), row.getLong(2));
            });
        }
        return numbers;
    }

    static Map<String, Object> columns(List<CommitRun> runs) {
        return Map.of(
                "products", texts(runs, CommitRun::product),
                "commits", texts(runs, CommitRun::commit),
                "builds", texts(runs, CommitRun::build),
                "moments", texts(runs, run -> run.until().toString()),
                "newest",
                        runs.stream().map(run -> UUID.fromString(run.newest())).toArray(UUID[]::new));
    }

    private static String[] texts(List<CommitRun> runs, Function<CommitRun, String> text) {
        return runs.stream().map(text).toArray(String[]::new);
    }

    private static CommitRun run(ResultSet row, Asked asked) throws SQLException {
        return new CommitRun(
                asked.product(),
                asked.at(),
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
