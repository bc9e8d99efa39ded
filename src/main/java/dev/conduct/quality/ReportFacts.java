package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.Aside;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What the gates learn from reports that came from CI (no environment named). The reports of one commit and build
/// are one run; the newest run of the commit counts.
///
/// - `unit_tests`: at least one case passed and none failed, but for tests put aside; nothing went wrong outside.
/// - `coverage`: lines of the whole product covered to at least `coverage_limit`.
/// - `scan`: no finding above informative that the ratchet of its tool does not know (see [Ratchets]).
@Component
class ReportFacts implements FactSource {

    private final Procedures procedures;
    private final CommitRuns runs;

    ReportFacts(Procedures procedures, CommitRuns runs) {
        this.procedures = procedures;
        this.runs = runs;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return RunFacts.place(wanted, Set.of("unit_tests", "coverage", "scan"));
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var facts = new HashMap<Question, List<Case.Fact>>();
        for (var told : List.of(tests(questions), coverage(questions), scans(questions))) {
            told.forEach((question, those) ->
                    facts.computeIfAbsent(question, unused -> new ArrayList<>()).addAll(those));
        }
        return facts;
    }

    private Map<Question, List<Case.Fact>> tests(Collection<Question> all) {
        var questions = Question.of("unit_tests", all);
        var found = runs.of(RunFacts.asked(questions), "tests", Which.CI);
        var aside = runs.aside(found.values());
        return RunFacts.of(questions, found, (question, run) -> {
            var put = aside.getOrDefault(run, Aside.NONE);
            return RunFacts.fact("unit_tests", CommitRuns.green(run, put), run, put.says());
        });
    }

    private Map<Question, List<Case.Fact>> coverage(Collection<Question> all) {
        var questions = Question.of("coverage", all);
        return RunFacts.of(
                questions,
                runs.of(RunFacts.asked(questions), "coverage", Which.CI),
                (question, run) -> RunFacts.fact(
                        "coverage",
                        run.lines() > 0
                                && run.covered() * 100 >= Limits.coverage(procedures.at(question.at())) * run.lines(),
                        run,
                        ""));
    }

    private Map<Question, List<Case.Fact>> scans(Collection<Question> all) {
        var questions = Question.of("scan", all);
        var found = runs.of(RunFacts.asked(questions), "findings", Which.CI);
        var fresh = fresh(found.values());
        return RunFacts.of(questions, found, (question, run) -> {
            var count = fresh.getOrDefault(run, 0L);
            return RunFacts.fact("scan", count == 0, run, Ratchets.says(count));
        });
    }

    /// How many findings of each run its ratchets did not know when they came.
    private Map<CommitRun, Long> fresh(Collection<CommitRun> found) {
        return runs.numbers(
                """
                        select run.n, count(*)
                          from %s
                          join quality.report r
                            on r.product = run.product and r.family = 'findings' and r.environment = ''
                           and r.commit = run.commit and r.build = run.build and r.received_at <= run.until
                          join quality.finding f on f.report = r.id and f.fresh
                         group by run.n
                        """.formatted(CommitRuns.RUNS), found.stream().distinct().toList(), Map.of());
    }
}
