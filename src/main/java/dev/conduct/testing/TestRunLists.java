package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Runs as they are read.
@Component
class TestRunLists {

    private static final String SELECT = """
            select r.id, r.product, r.plan, p.title as plan_title, r.title, r.commit, r.build, r.environment, r.mocked,
                   r.started_by, r.started_at, r.ended_by, r.ended_at, n.cases, n.passed, n.failed, n.blocked, n.skipped
              from testing.test_run r
              join testing.plan p on p.id = r.plan
              cross join lateral (
                    select count(*) as cases, count(*) filter (where c.verdict = 'passed') as passed,
                           count(*) filter (where c.verdict = 'failed') as failed,
                           count(*) filter (where c.verdict = 'blocked') as blocked,
                           count(*) filter (where c.verdict = 'skipped') as skipped
                      from testing.run_case c where c.run = r.id) n
            """;
    private static final String CASES = """
            select c.run, c.test_case, r.product, c.number, c.version, v.title, v.automation, v.automated, c.verdict,
                   c.note, c.seconds, c.judged_by, c.judged_at, c.report, c.revision
              from testing.run_case c
              join testing.test_run r on r.id = c.run
              join testing.case_version v on v.test_case = c.test_case and v.version = c.version
            """;

    private final JdbcClient database;
    private final TestedProducts tested;

    TestRunLists(JdbcClient database, TestedProducts tested) {
        this.database = database;
        this.tested = tested;
    }

    /// @param revision counts the judgements of the step
    record StepResult(int step, String verdict, String note, String judgedBy, Instant judgedAt, long revision) {}

    /// The newest first.
    ///
    /// @param plan null for all plans of the product
    List<TestRun> page(String product, @Nullable UUID plan, @Nullable UUID before, int most) {
        // Written apart, so that each is found by its own index.
        return database.sql(SELECT
                        + " where r.product = :product" + (plan == null ? "" : " and r.plan = :plan")
                        + (before == null ? "" : " and r.id < :before")
                        + " order by r.id desc limit :most")
                .param("product", product)
                .param("plan", plan)
                .param("before", before)
                .param("most", most)
                .query(TestRunLists::run)
                .list();
    }

    /// @throws Problem 404 when it is not there, or its product is not for this actor
    TestRun visible(UUID id, Actor actor) {
        var run = find(id).orElseThrow(() -> Problem.notFound("This test run"));
        tested.require(run.product(), "This test run", actor);
        return run;
    }

    Optional<TestRun> find(UUID id) {
        return database.sql(SELECT + " where r.id = :id")
                .param("id", id)
                .query(TestRunLists::run)
                .optional();
    }

    /// A plan, and the commit it was run on up to a moment; on any when the commit is empty.
    record Ended(UUID plan, String commit, Instant at) {}

    /// The newest run of each that ended.
    Map<Ended, TestRun> lastEnded(List<Ended> asked) {
        var runs = new HashMap<Ended, TestRun>();
        if (asked.isEmpty()) {
            return runs;
        }
        database.sql("""
                        select a.n, last.*
                          from unnest(:plans::uuid[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(plan, wanted, until, n)
                          cross join lateral (
                               (select id from testing.test_run
                                 where a.wanted = '' and plan = a.plan and ended_at <= a.until
                                 order by id desc limit 1)
                                union all
                               (select id from testing.test_run
                                 where a.wanted <> '' and plan = a.plan and ended_at <= a.until
                                   and short = left(a.wanted, 7)
                                   and (starts_with(commit, a.wanted) or starts_with(a.wanted, commit))
                                 order by id desc limit 1)) newest
                          cross join lateral (%s where r.id = newest.id) last
                        """.formatted(SELECT))
                .param("plans", asked.stream().map(Ended::plan).toArray(UUID[]::new))
                .param("wanted", asked.stream().map(Ended::commit).toArray(String[]::new))
                .param("moments", asked.stream().map(one -> one.at().toString()).toArray(String[]::new))
                .query(row -> {
                    runs.put(asked.get(row.getInt("n") - 1), run(row, 0));
                });
        return runs;
    }

    /// Keys of the first cases that failed in each of these runs, one more than `most` where there are more.
    Map<UUID, List<String>> failed(List<UUID> runs, int most) {
        var failed = new HashMap<UUID, List<String>>();
        if (runs.isEmpty()) {
            return failed;
        }
        database.sql("""
                        select r.id, r.product, c.number
                          from testing.test_run r
                          cross join lateral (
                               select number from testing.run_case
                                where run = r.id and verdict = 'failed' order by number limit :most) c
                         where r.id = any (:runs)
                         order by r.id, c.number
                        """)
                .param("runs", runs.toArray(UUID[]::new))
                .param("most", most + 1)
                .query(row -> {
                    failed.computeIfAbsent(row.getObject("id", UUID.class), unused -> new ArrayList<>())
                            .add(TestCase.key(row.getString("product"), row.getInt("number")));
                });
        return failed;
    }

    /// Runs that still go on for a commit.
    List<UUID> going(String product, String commit) {
        return database.sql("""
                        select id from testing.test_run
                         where product = :product and short = left(:commit, 7) and ended_at is null
                           and (starts_with(commit, :commit) or starts_with(:commit, commit))
                         order by id desc limit 20
                        """)
                .param("product", product)
                .param("commit", commit)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /// By number.
    ///
    /// @param verdict null for all
    List<RunCase> cases(UUID run, @Nullable String verdict, int after, int most) {
        return database.sql(CASES + """
                         where c.run = :run and c.number > :after and (:verdict::text is null or c.verdict = :verdict::text)
                         order by c.number limit :most
                        """)
                .param("run", run)
                .param("verdict", verdict)
                .param("after", after)
                .param("most", most)
                .query(TestRunLists::runCase)
                .list();
    }

    Optional<RunCase> runCase(UUID run, int number) {
        return database.sql(CASES + " where c.run = :run and c.number = :number")
                .param("run", run)
                .param("number", number)
                .query(TestRunLists::runCase)
                .optional();
    }

    List<StepResult> steps(UUID run, UUID testCase) {
        return database.sql("""
                        select step, verdict, note, judged_by, judged_at, revision from testing.step_result
                         where run = :run and test_case = :case order by step
                        """)
                .param("run", run)
                .param("case", testCase)
                .query((row, number) -> new StepResult(
                        row.getInt("step"),
                        row.getString("verdict"),
                        row.getString("note"),
                        row.getString("judged_by"),
                        row.getObject("judged_at", OffsetDateTime.class).toInstant(),
                        row.getLong("revision")))
                .list();
    }

    /// What was reported of a case in a run; what the reader may see of it is to be asked of `Items`.
    List<String> defects(UUID run, UUID testCase) {
        return database.sql("""
                        select item from testing.run_defect where run = :run and test_case = :case
                         order by reported_at limit 20
                        """)
                .param("run", run)
                .param("case", testCase)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static TestRun run(ResultSet row, int number) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        return new TestRun(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getObject("plan", UUID.class),
                row.getString("plan_title"),
                row.getString("title"),
                row.getString("commit"),
                row.getString("build"),
                row.getString("environment"),
                List.of((String[]) row.getArray("mocked").getArray()),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getString("ended_by"),
                ended == null ? null : ended.toInstant(),
                row.getLong("cases"),
                row.getLong("passed"),
                row.getLong("failed"),
                row.getLong("blocked"),
                row.getLong("skipped"));
    }

    private static RunCase runCase(ResultSet row, int number) throws SQLException {
        var judged = row.getObject("judged_at", OffsetDateTime.class);
        return new RunCase(
                row.getObject("run", UUID.class),
                row.getObject("test_case", UUID.class),
                row.getString("product"),
                row.getInt("number"),
                row.getLong("version"),
                row.getString("title"),
                row.getString("automation"),
                row.getObject("automated", UUID.class),
                row.getString("verdict"),
                row.getString("note"),
                row.getLong("seconds"),
                row.getString("judged_by"),
                judged == null ? null : judged.toInstant(),
                row.getObject("report", UUID.class),
                row.getLong("revision"));
    }
}
