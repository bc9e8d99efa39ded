package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of tests: how they came out in a run, and over time.
@Component
class TestRows {

    /// Failures of one run that are looked at; a run in which more fails has one cause.
    static final int MOST_BROKEN = 2_000;

    private static final int SHORT = 600;

    private final JdbcClient database;

    TestRows(JdbcClient database) {
        this.database = database;
    }

    /// One test in one report.
    ///
    /// @param test tells it again in other reports
    /// @param micros null when the report has no number for it
    record Result(
            UUID report,
            int place,
            UUID test,
            String suite,
            String name,
            String outcome,
            @Nullable Long micros,
            int retries,
            String says) {

        boolean broken() {
            return outcome.equals("failed") || outcome.equals("errored");
        }

        /// The beginning, for a list.
        String shortSays() {
            return says.length() <= SHORT ? says : says.substring(0, SHORT) + "\u2026";
        }

        String cursor() {
            return report + "." + place;
        }

        FailureShape shape() {
            return FailureShape.of(suite, says);
        }
    }

    /// A test in the run of one commit.
    record Past(Result result, UUID run, String commit, String branch, String build, String environment, Instant at) {

        String shortCommit() {
            return commit.substring(0, Math.min(8, commit.length()));
        }
    }

    /// What failed in a run, in the order of its reports.
    List<Result> broken(UUID run) {
        return database.sql("""
                        select t.report, t.place, t.test, t.suite, t.name, t.outcome, t.micros, t.retries, t.says
                          from quality.report r join quality.test_case t on t.report = r.id
                         where r.run = :run and r.family = 'tests' and t.outcome in ('failed', 'errored')
                         order by t.report, t.place limit :most
                        """)
                .param("run", run)
                .param("most", MOST_BROKEN)
                .query(TestRows::result)
                .list();
    }

    /// The tests of a run, in the order of its reports.
    ///
    /// @param outcome all when empty; `failed` for failed and errored
    /// @param words all when empty; else those whose suite or name holds this
    /// @param after report and place of the last of the page before
    List<Result> page(UUID run, String outcome, String words, @Nullable UUID after, int place, int most) {
        var wanted =
                switch (outcome) {
                    case "" -> "";
                    case "failed" -> " and t.outcome in ('failed', 'errored')";
                    default -> " and t.outcome = :outcome";
                };
        // Report by report: asked for the first of all, the planner walks through the tests of every run before this
        // one.
        return database.sql("""
                        select t.report, t.place, t.test, t.suite, t.name, t.outcome, t.micros, t.retries, t.says
                          from quality.report r
                          cross join lateral (
                                select t.*
                                  from quality.test_case t
                                 where t.report = r.id
                                   and (cast(:after as uuid) is null or r.id > cast(:after as uuid) or t.place > :place)
                        """ + wanted
                        + (words.isEmpty() ? "" : " and strpos(lower(t.suite || ' ' || t.name), :words) > 0")
                        + """
                                 order by t.place limit :most) t
                         where r.run = :run and r.family = 'tests'
                           and (cast(:after as uuid) is null or r.id >= cast(:after as uuid))
                         order by t.report, t.place limit :most
                        """)
                .param("run", run)
                .param("outcome", outcome)
                .param("words", words)
                .param("after", after)
                .param("place", place)
                .param("most", most)
                .query(TestRows::result)
                .list();
    }

    /// What took longest in a run; tests under half a second are not among them.
    List<Result> slowest(UUID run, int most) {
        return database.sql("""
                        select t.*
                          from quality.report r
                          cross join lateral (
                                select t.report, t.place, t.test, t.suite, t.name, t.outcome, t.micros, t.retries,
                                       '' as says
                                  from quality.test_case t
                                 where t.report = r.id and t.micros >= 500000
                                 order by t.micros desc limit :most) t
                         where r.run = :run and r.family = 'tests'
                         order by t.micros desc limit :most
                        """)
                .param("run", run)
                .param("most", most)
                .query(TestRows::result)
                .list();
    }

    /// What went wrong outside any test.
    List<String> troubles(UUID run, int most) {
        return database.sql("""
                        select t.location || ': ' || t.says as says
                          from quality.report r join quality.trouble t on t.report = r.id
                         where r.run = :run order by t.report, t.place limit :most
                        """)
                .param("run", run)
                .param("most", most)
                .query((row, number) -> row.getString("says"))
                .list();
    }

    /// How a test came out over the commits of a product, the newest first.
    ///
    /// @param before the report of the last of the page before, null for the first page
    List<Past> history(String product, UUID test, @Nullable UUID before, int most) {
        return database.sql("""
                        select t.report, t.place, t.test, t.suite, t.name, t.outcome, t.micros, t.retries, t.says, r.run,
                               r.commit, r.branch, r.build, r.environment, r.received_at
                          from quality.test_case t join quality.report r on r.id = t.report
                         where t.test = :test and r.product = :product
                           and (cast(:before as uuid) is null or t.report < cast(:before as uuid))
                         order by t.report desc limit :most
                        """)
                .param("test", test)
                .param("product", product)
                .param("before", before)
                .param("most", most)
                .query((row, number) -> new Past(
                        result(row, number),
                        row.getObject("run", UUID.class),
                        row.getString("commit"),
                        row.getString("branch"),
                        row.getString("build"),
                        row.getString("environment"),
                        row.getObject("received_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /// When a failure of this shape was first seen in the product, as far back as two hundred times.
    Optional<Run> firstOfShape(String product, UUID shape) {
        return database.sql("""
                        select n.*
                          from (select r.run
                                  from quality.test_case t join quality.report r on r.id = t.report
                                 where t.shape = :shape and r.product = :product
                                 order by t.report desc limit 200) seen
                          join quality.run n on n.id = seen.run
                         order by n.id limit 1
                        """)
                .param("shape", shape)
                .param("product", product)
                .query(RunRows::run)
                .optional();
    }

    /// The last run before this one, on its branch, in which the test passed.
    Optional<Run> lastPassed(Run run, UUID test) {
        return neighbour(run, test, "= 'passed'", "n.id < :run", "desc", run.id());
    }

    /// The first run after that one, on the branch, in which the test failed.
    Optional<Run> firstFailed(Run run, UUID test, @Nullable Run good) {
        return neighbour(
                run,
                test,
                "in ('failed', 'errored')",
                "n.id > :since and n.id <= :run",
                "asc",
                good == null ? new UUID(0, 0) : good.id());
    }

    private Optional<Run> neighbour(Run run, UUID test, String outcome, String where, String order, UUID since) {
        return database.sql("select n.* from quality.test_case t join quality.report r on r.id = t.report"
                        + " join quality.run n on n.id = r.run"
                        + " where t.test = :test and t.outcome " + outcome + " and n.product = :product"
                        + " and n.branch = :branch and n.environment = :environment and " + where
                        + " order by t.report " + order + " limit 1")
                .param("test", test)
                .param("product", run.product())
                .param("branch", run.branch())
                .param("environment", run.environment())
                .param("run", run.id())
                .param("since", since)
                .query(RunRows::run)
                .optional();
    }

    /// Which of these tests did not fail in that run.
    List<UUID> passedIn(UUID run, List<UUID> tests) {
        return database.sql("""
                        select distinct t.test
                          from quality.report r join quality.test_case t on t.report = r.id
                         where r.run = :run and r.family = 'tests' and t.test = any (:tests)
                           and t.outcome not in ('failed', 'errored')
                        """)
                .param("run", run)
                .param("tests", tests.toArray(UUID[]::new))
                .query((row, number) -> row.getObject("test", UUID.class))
                .list();
    }

    static Result result(ResultSet row, int number) throws SQLException {
        return new Result(
                row.getObject("report", UUID.class),
                row.getInt("place"),
                row.getObject("test", UUID.class),
                row.getString("suite"),
                row.getString("name"),
                row.getString("outcome"),
                row.getObject("micros", Long.class),
                row.getInt("retries"),
                row.getString("says"));
    }
}
