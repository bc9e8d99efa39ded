package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.mocks.StandIns;
import dev.conduct.quality.TestOutcomes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Runs of plans: what people judge step by step, and what machines told of the same commit. A verdict names the
/// revision it was given on, so that of two testers at once neither overwrites the other unseen; what a machine saw
/// fail no person types to passed.
@Component
class TestRuns {

    static final int NOTE = 5_000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final int SECONDS = 24 * 60 * 60;

    private final JdbcClient database;
    private final TestRunLists lists;
    private final CaseLists cases;
    private final Plans plans;
    private final TestedProducts tested;
    private final TestOutcomes outcomes;
    private final StandIns standIns;
    private final Book book;

    TestRuns(
            JdbcClient database,
            TestRunLists lists,
            CaseLists cases,
            Plans plans,
            TestedProducts tested,
            TestOutcomes outcomes,
            StandIns standIns,
            Book book) {
        this.database = database;
        this.lists = lists;
        this.cases = cases;
        this.plans = plans;
        this.tested = tested;
        this.outcomes = outcomes;
        this.standIns = standIns;
        this.book = book;
    }

    /// @param mocked one external a line, and what stands in for it; one that names a mock is told with its version
    record NewRun(String title, String commit, String build, String environment, String mocked) {}

    /// @param step from 1 on; 0 for the case as a whole
    /// @param revision that was seen: 0 before the first verdict
    /// @param seconds since the last verdict of this person here
    record Judgement(int step, String verdict, String note, long revision, long seconds) {}

    /// Begins a run of all cases in use, each in the version in force, and reads what CI told of the commit already.
    ///
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without the plan,
    /// 409
    ///     when it has no cases
    @Transactional
    public TestRun start(UUID plan, NewRun wanted, Actor actor) {
        var found = plans.visible(plan, actor);
        tested.test(found.product(), actor);
        var commit = wanted.commit().strip().toLowerCase(Locale.ROOT);
        var checks = new Checks()
                .line("title", wanted.title())
                .line("build", wanted.build())
                .line("environment", wanted.environment())
                .text("mocked", wanted.mocked(), NOTE);
        if (!COMMIT.matcher(commit).matches()) {
            checks.wrong(
                    "commit",
                    commit.isEmpty() ? "missing" : "not_a_commit",
                    "must be 7 to 64 hexadecimal digits: the commit that is tested.");
        }
        checks.done();
        var chosen = cases.page(plan, 0, Cases.MOST);
        if (chosen.isEmpty()) {
            throw Problem.conflict("no_cases", "The plan has no cases yet. Write one, then run it.");
        }
        var id = Ids.next(book.now());
        book.enter(
                TestingProjection.RUN + id,
                1,
                "testrun.start",
                Map.of(
                        "product",
                        found.product(),
                        "plan",
                        plan.toString(),
                        "commit",
                        commit,
                        "cases",
                        chosen.stream()
                                .map(one -> one.id() + " " + one.version() + " " + one.number())
                                .toList()),
                Map.of(
                        "title",
                        wanted.title().isBlank()
                                ? found.title()
                                : wanted.title().strip(),
                        "build",
                        wanted.build().strip(),
                        "environment",
                        wanted.environment().isBlank()
                                ? found.environment()
                                : wanted.environment().strip(),
                        "mocked",
                        String.join(
                                "\n",
                                standIns.named(
                                        found.product(),
                                        wanted.mocked()
                                                .lines()
                                                .filter(line -> !line.isBlank())
                                                .toList()))),
                actor);
        var _ = taken(lists.find(id).orElseThrow(), actor);
        return lists.find(id).orElseThrow();
    }

    /// Judges a step or a case. A step that is the last one decides its case.
    ///
    /// @return the case after it
    /// @throws Problem 400 for a bad verdict, 403 for who may not, 404 without the run or the case, 409 when the
    /// run
    ///     ended or a machine saw it fail, 412 when somebody judged it since it was read
    @Transactional
    public RunCase judge(UUID run, int number, Judgement wanted, Actor actor) {
        var going = going(run, false, actor);
        var found = hold(run, number);
        new Checks().among("verdict", wanted.verdict(), Verdict.ALL).done();
        PlainText.checked("note", wanted.note(), NOTE);
        var version = cases.visible(found.key(), found.version(), actor);
        var steps = lists.steps(run, found.testCase());
        if (wanted.step() < 0 || wanted.step() > version.text().steps().size()) {
            throw Problem.notFound("This step");
        }
        var before = steps.stream().filter(step -> step.step() == wanted.step()).findFirst();
        var revision = wanted.step() == 0
                ? found.revision()
                : before.map(TestRunLists.StepResult::revision).orElse(0L);
        if (revision != wanted.revision()) {
            throw stale(wanted.step(), revision);
        }
        var decided = wanted.step() == 0 ? wanted.verdict() : decided(version, steps, wanted);
        if (decided.equals(Verdict.PASSED)
                && found.report() != null
                && found.verdict().equals(Verdict.FAILED)) {
            throw Problem.conflict(
                    "told_by_machine",
                    "Its automated test failed on this commit, which outweighs what is typed. Mend it and run CI again.");
        }
        var data = new HashMap<String, Object>();
        data.put("product", going.product());
        data.put("case", found.testCase().toString());
        data.put("step", (long) wanted.step());
        data.put("verdict", wanted.verdict());
        data.put("seconds", Math.clamp(wanted.seconds(), 0, SECONDS));
        if (!decided.isEmpty()) {
            data.put("case_verdict", decided);
        }
        book.enter(
                TestingProjection.RUN + run,
                1,
                "testrun.judge",
                data,
                wanted.note().isBlank()
                        ? Map.of()
                        : Map.of("note", wanted.note().strip()),
                actor);
        return lists.runCase(run, number).orElseThrow();
    }

    private static Problem stale(int step, long revision) {
        return Problem.stale(step == 0 ? "The verdict of this case" : "The verdict of step " + step, revision);
    }

    private static String decided(TestCase version, List<TestRunLists.StepResult> before, Judgement wanted) {
        var verdicts = before.stream()
                .collect(Collectors.toMap(TestRunLists.StepResult::step, TestRunLists.StepResult::verdict));
        verdicts.put(wanted.step(), wanted.verdict());
        return Verdict.of(IntStream.rangeClosed(1, version.text().steps().size())
                .mapToObj(step -> Objects.requireNonNullElse(verdicts.get(step), ""))
                .toList());
    }

    /// Reads what CI told of the run's commit since.
    ///
    /// @return how many cases it decided
    @Transactional
    public int take(UUID run, Actor actor) {
        return taken(going(run, false, actor), actor);
    }

    private int taken(TestRun run, Actor actor) {
        var wanted = lists.cases(run.id(), null, 0, Cases.MOST).stream()
                .filter(one -> one.automated() != null)
                .toList();
        if (wanted.isEmpty()) {
            return 0;
        }
        var came = outcomes
                .on(
                        run.product(),
                        run.commit(),
                        run.build(),
                        wanted.stream()
                                .map(one -> Objects.requireNonNull(one.automated()))
                                .toList())
                .stream()
                .collect(Collectors.toMap(TestOutcomes.Came::test, one -> one));
        var told = wanted.stream()
                .filter(one -> news(one, came.get(one.automated())))
                .map(one -> {
                    var outcome = Objects.requireNonNull(came.get(one.automated()));
                    return Map.<String, Object>of(
                            "case",
                            one.testCase().toString(),
                            "verdict",
                            verdict(outcome),
                            "report",
                            outcome.run().toString());
                })
                .toList();
        if (!told.isEmpty()) {
            book.enter(
                    TestingProjection.RUN + run.id(),
                    1,
                    "testrun.take",
                    Map.of("product", run.product(), "cases", told),
                    Map.of(),
                    actor);
        }
        return told.size();
    }

    /// A flaky outcome is neither: a person looks. What a person saw fail stands beside a machine that passed.
    private static boolean news(RunCase one, TestOutcomes.@Nullable Came came) {
        if (came == null || verdict(came).isEmpty()) {
            return false;
        }
        var byPerson = !one.verdict().isEmpty() && one.report() == null;
        return byPerson
                ? verdict(came).equals(Verdict.FAILED) && !one.verdict().equals(Verdict.FAILED)
                : !one.verdict().equals(verdict(came));
    }

    private static String verdict(TestOutcomes.Came came) {
        return switch (came.outcome()) {
            case "passed" -> Verdict.PASSED;
            case "failed", "errored" -> Verdict.FAILED;
            default -> "";
        };
    }

    /// Ends a run, after reading what CI told last. What is not judged stays so, and the run is not passed.
    @Transactional
    public TestRun end(UUID run, Actor actor) {
        var going = going(run, true, actor);
        var _ = taken(going, actor);
        book.enter(
                TestingProjection.RUN + run,
                1,
                "testrun.end",
                Map.of("product", going.product(), "plan", going.plan().toString(), "commit", going.commit()),
                Map.of(),
                actor);
        return lists.find(run).orElseThrow();
    }

    /// Writes down what was reported of a case.
    @Transactional
    public void defect(UUID run, RunCase of, String item, Actor actor) {
        book.enter(
                TestingProjection.RUN + run,
                1,
                "testrun.defect",
                Map.of("product", of.product(), "case", of.testCase().toString(), "item", item),
                Map.of(),
                actor);
    }

    /// @throws Problem 403 for who may not test, 404 without the run, 409 when it ended
    private TestRun going(UUID run, boolean ends, Actor actor) {
        var found = lists.visible(run, actor);
        tested.test(found.product(), actor);
        var _ = database.sql("select id from testing.test_run where id = :id for " + (ends ? "update" : "share"))
                .param("id", run)
                .query((row, number) -> 0)
                .single();
        var now = lists.find(run).orElseThrow();
        if (now.ended()) {
            throw Problem.conflict("ended", "The run has ended. Begin another one.");
        }
        return now;
    }

    private RunCase hold(UUID run, int number) {
        var _ = database.sql("select 0 from testing.run_case where run = :run and number = :number for update")
                .param("run", run)
                .param("number", number)
                .query((row, at) -> 0)
                .optional();
        return lists.runCase(run, number).orElseThrow(() -> Problem.notFound("This case of the run"));
    }
}
