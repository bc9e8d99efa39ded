package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Rows of runs. Their ids are times: the newest is the greatest.
@Component
class RunRows {

    private static final UUID NEWEST = new UUID(-1, -1);
    private static final String COLUMNS = """
            id, product, commit, branch, build, environment, began_at, last_at, tests, passed, flaky, failed, skipped,
            troubles, micros, lines, lines_covered, branches, branches_covered, findings, samples, samples_failed,
            mocked
            """;

    private final JdbcClient database;

    RunRows(JdbcClient database) {
        this.database = database;
    }

    /// Adds a report to its run, which begins with the first. Of coverage see [UnitedCoverage].
    ///
    /// @return the run, which nobody else adds to until this transaction ends
    UUID add(Report report, long micros) {
        var tests = report.family().equals("tests");
        var load = report.family().equals("load");
        var run = database.sql("""
                        insert into quality.run as r (id, product, commit, branch, build, environment, began_at, last_at,
                                                 tests, passed, flaky, failed, skipped, troubles, micros, findings,
                                                 samples, samples_failed, mocked)
                        values (:id, :product, :commit, :branch, :build, :environment, :at, :at, :tests, :passed, :flaky,
                                :failed, :skipped, :troubles, :micros, :findings, :samples, :samples_failed, :mocked)
                        on conflict (product, commit, build, environment) do update
                           set last_at = greatest(r.last_at, excluded.last_at),
                               branch = case when r.branch = '' then excluded.branch else r.branch end,
                               tests = r.tests + excluded.tests, passed = r.passed + excluded.passed,
                               flaky = r.flaky + excluded.flaky, failed = r.failed + excluded.failed,
                               skipped = r.skipped + excluded.skipped, troubles = r.troubles + excluded.troubles,
                               micros = r.micros + excluded.micros, findings = r.findings + excluded.findings, samples = r.samples + excluded.samples,
                               samples_failed = r.samples_failed + excluded.samples_failed,
                               mocked = case when excluded.mocked = '{}' then r.mocked else
                                        (select array_agg(distinct one order by one)
                                           from unnest(r.mocked || excluded.mocked) one) end
                        returning id
                        """)
                .param("id", report.id())
                .param("product", report.product())
                .param("commit", report.commit())
                .param("branch", report.branch())
                .param("build", report.build())
                .param("environment", report.environment())
                .param("at", OffsetDateTime.ofInstant(report.receivedAt(), ZoneOffset.UTC))
                .param("tests", total(report, "tests", tests))
                .param("passed", total(report, "passed", tests))
                .param("flaky", total(report, "flaky", tests))
                .param("failed", total(report, "failed", tests) + total(report, "errored", tests))
                .param("skipped", total(report, "skipped", tests))
                .param("troubles", total(report, "troubles", tests))
                .param("micros", micros)
                .param("mocked", report.mocked().toArray(String[]::new))
                .param("findings", total(report, "findings", true))
                .param("samples", total(report, "samples", load))
                .param("samples_failed", total(report, "failed", load))
                .query(UUID.class)
                .single();
        database.sql("update quality.report set run = :run where id = :id")
                .param("run", run)
                .param("id", report.id())
                .update();
        return run;
    }

    private static long total(Report report, String name, boolean counted) {
        return counted ? report.totals().getOrDefault(name, 0L) : 0L;
    }

    Optional<Run> find(String product, UUID id) {
        return database.sql("select " + COLUMNS + " from quality.run where id = :id and product = :product")
                .param("id", id)
                .param("product", product)
                .query(RunRows::run)
                .optional();
    }

    /// The newest first.
    ///
    /// @param branch all when null
    /// @param before the last of the page before, null for the first page
    List<Run> page(String product, @Nullable String branch, @Nullable UUID before, int most) {
        return database.sql("select " + COLUMNS + " from quality.run where product = :product and id < :before"
                        + (branch == null ? "" : " and branch = :branch and (tests > 0 or troubles > 0)")
                        + " order by id desc limit :most")
                .param("product", product)
                .param("branch", branch == null ? "" : branch)
                .param("before", before == null ? NEWEST : before)
                .param("most", most)
                .query(RunRows::run)
                .list();
    }

    /// Runs that tests belong to, the newest first.
    List<Run> tested(String product, int most) {
        return database.sql("select " + COLUMNS + """
                          from quality.run
                         where product = :product and (tests > 0 or troubles > 0)
                         order by id desc limit :most
                        """)
                .param("product", product)
                .param("most", most)
                .query(RunRows::run)
                .list();
    }

    /// Runs that coverage belongs to, the newest first.
    List<Run> covered(String product, int most) {
        return database.sql("select " + COLUMNS + """
                          from quality.run
                         where product = :product and lines > 0
                         order by id desc limit :most
                        """)
                .param("product", product)
                .param("most", most)
                .query(RunRows::run)
                .list();
    }

    /// The newest run of the commit, as a beginning of its hash names it.
    Optional<Run> ofCommit(String product, String commit) {
        return database.sql("select " + COLUMNS + """
                          from quality.run
                         where product = :product and short = left(:commit, 7) and starts_with(commit, :commit)
                         order by id desc limit 1
                        """)
                .param("product", product)
                .param("commit", commit)
                .query(RunRows::run)
                .optional();
    }

    /// The last run before this one, on the same branch and in the same environment, in which everything passed.
    Optional<Run> lastGood(Run run) {
        return database.sql("select " + COLUMNS + """
                          from quality.run
                         where product = :product and branch = :branch and (tests > 0 or troubles > 0)
                           and environment = :environment and id < :id
                           and passed > 0 and failed = 0 and troubles = 0
                         order by id desc limit 1
                        """)
                .param("product", run.product())
                .param("branch", run.branch())
                .param("environment", run.environment())
                .param("id", run.id())
                .query(RunRows::run)
                .optional();
    }

    /// The newest run of each product, by product.
    ///
    /// @param covered of those with coverage; else of those with tests
    List<Run> newestOfEach(List<String> products, boolean covered) {
        return database.sql("""
                        select newest.*
                          from unnest(:products::text[]) wanted(key)
                          cross join lateral (
                                select * from quality.run
                                 where run.product = wanted.key and (%s)
                                 order by id desc limit 1) newest
                         order by newest.product
                        """.formatted(covered ? "lines > 0" : "tests > 0 or troubles > 0"))
                .param("products", products.toArray(String[]::new))
                .query(RunRows::run)
                .list();
    }

    /// Which of these have reports.
    List<String> reporting(List<String> products) {
        return database.sql("""
                        select key from unnest(:products::text[]) wanted(key)
                         where exists (select from quality.run where run.product = wanted.key)
                         order by key
                        """)
                .param("products", products.toArray(String[]::new))
                .query((row, number) -> row.getString("key"))
                .list();
    }

    /// Whether any of these has.
    boolean anyReporting(List<String> products) {
        return !products.isEmpty()
                && database.sql("select exists (select from quality.run where product = any (:products))")
                        .param("products", products.toArray(String[]::new))
                        .query(Boolean.class)
                        .single();
    }

    /// How many reports of each kind a run has.
    Map<String, Long> kinds(UUID run) {
        var kinds = new java.util.TreeMap<String, Long>();
        database.sql("select kind, count(*) as reports from quality.report where run = :run group by kind")
                .param("run", run)
                .query(row -> {
                    kinds.put(row.getString("kind"), row.getLong("reports"));
                });
        return kinds;
    }

    static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("commit"),
                row.getString("branch"),
                row.getString("build"),
                row.getString("environment"),
                row.getObject("began_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                row.getLong("tests"),
                row.getLong("passed"),
                row.getLong("flaky"),
                row.getLong("failed"),
                row.getLong("skipped"),
                row.getLong("troubles"),
                row.getLong("micros"),
                row.getLong("lines"),
                row.getLong("lines_covered"),
                row.getLong("branches"),
                row.getLong("branches_covered"),
                row.getLong("findings"),
                row.getLong("samples"),
                row.getLong("samples_failed"),
                List.of((String[]) row.getArray("mocked").getArray()));
    }
}
