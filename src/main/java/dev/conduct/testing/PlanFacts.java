package dev.conduct.testing;

import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the gates learn from test plans about the commit in force.
///
/// - `plan_run`: of every regression plan, the last run that ended on this commit passed: something passed, nothing
///   failed, was blocked or left open. While none of them was run on it, the last run of another commit is told.
/// - `points_covered`: every integration point of the product has an owner and a case. It speaks of the catalogue as it
///   is, whatever the commit.
@Component
class PlanFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final String ACTOR = "system:testing";
    private static final int NAMED = 5;

    private final JdbcClient database;
    private final TestRunLists runs;

    PlanFacts(JdbcClient database, TestRunLists runs) {
        this.database = database;
        this.runs = runs;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        var facts = new ArrayList<Case.Fact>();
        if (COMMIT.matcher(commit).matches()) {
            plans(facts, question, commit);
            points(facts, question, commit);
        }
        return facts;
    }

    private record Needed(java.util.UUID id, String title) {}

    private void plans(List<Case.Fact> facts, Question question, String commit) {
        var needed = database.sql("""
                        select id, title from testing.plan
                         where product = :product and regression and not retired order by id
                        """)
                .param("product", question.product())
                .query((row, number) -> new Needed(row.getObject("id", java.util.UUID.class), row.getString("title")))
                .list();
        if (needed.isEmpty()) {
            return;
        }
        var ran = new ArrayList<TestRun>();
        var wanting = new ArrayList<String>();
        for (var plan : needed) {
            runs.lastEnded(plan.id(), commit, question.at())
                    .ifPresentOrElse(ran::add, () -> wanting.add("No run of " + plan.title()));
        }
        if (ran.isEmpty()) {
            needed.stream()
                    .flatMap(plan -> runs.lastEnded(plan.id(), "", question.at()).stream())
                    .forEach(run -> facts.add(fact(run, run.green(), "")));
            return;
        }
        ran.stream().filter(run -> !run.green()).forEach(run -> wanting.add(run.title() + ": " + failures(run)));
        var last = ran.stream()
                .reduce((one, other) -> ended(other).isAfter(ended(one)) ? other : one)
                .orElseThrow();
        facts.add(fact(last, wanting.isEmpty(), String.join("; ", wanting)));
    }

    private static Case.Fact fact(TestRun run, boolean passed, String words) {
        return new Case.Fact(
                "plan_run",
                passed,
                run.commit(),
                run.build().isEmpty() ? null : run.build(),
                ended(run),
                run.endedBy() == null ? ACTOR : run.endedBy(),
                Set.of(),
                ("testrun:" + run.id() + " " + words).strip(),
                false);
    }

    private static Instant ended(TestRun run) {
        return run.endedAt() == null ? run.startedAt() : run.endedAt();
    }

    /// The cases that hold it, by number.
    private String failures(TestRun run) {
        var bad = runs.cases(run.id(), Verdict.FAILED, 0, NAMED + 1);
        return bad.isEmpty()
                ? run.word()
                : bad.stream().limit(NAMED).map(RunCase::key).collect(Collectors.joining(", "))
                        + (bad.size() > NAMED ? " and more failed" : " failed");
    }

    private void points(List<Case.Fact> facts, Question question, String commit) {
        var holes = database.sql("""
                        select count(*) as points,
                               count(*) filter (where p.owner = '' or not exists (
                                     select from testing.case_version v
                                       join testing.test_case c on c.id = v.test_case and c.version = v.version
                                        and not c.retired
                                       join testing.plan n on n.id = c.plan and not n.retired
                                      where v.point = p.id)) as holes
                          from testing.point p
                         where p.product = :product and not p.retired
                        """)
                .param("product", question.product())
                .query((row, number) -> List.of(row.getLong("points"), row.getLong("holes")))
                .single();
        if (holes.getFirst() > 0) {
            facts.add(new Case.Fact(
                    "points_covered",
                    holes.getLast() == 0,
                    commit,
                    null,
                    question.at(),
                    ACTOR,
                    Set.of(),
                    "catalogue:" + question.product()
                            + (holes.getLast() == 0
                                    ? ""
                                    : " " + holes.getLast() + " of " + holes.getFirst()
                                            + " integration points lack an owner or a case"),
                    false));
        }
    }
}
