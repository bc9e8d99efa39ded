package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the gates learn from reports that came from CI (no environment named). The reports of one commit and build
/// are one run; the newest run of the commit counts.
///
/// - `unit_tests`: at least one case passed and none failed, but for tests put aside; nothing went wrong outside.
/// - `coverage`: lines of the whole product covered to at least `coverage_limit`.
/// - `scan`: no finding above informative that the ratchet of its tool does not know (see [Ratchets]).
@Component
class ReportFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final JdbcClient database;
    private final Procedures procedures;
    private final CommitRuns runs;

    ReportFacts(JdbcClient database, Procedures procedures, CommitRuns runs) {
        this.database = database;
        this.procedures = procedures;
        this.runs = runs;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        var at = OffsetDateTime.ofInstant(question.at(), ZoneOffset.UTC);
        var limit = Limits.coverage(procedures.at(question.at()));
        var facts = new ArrayList<Case.Fact>();
        add(
                facts,
                "unit_tests",
                runs.of(question.product(), "tests", commit, at, Which.CI),
                run -> runs.green(question.product(), run, at),
                run -> runs.putAside(question.product(), run, at));
        add(
                facts,
                "coverage",
                runs.of(question.product(), "coverage", commit, at, Which.CI),
                run -> run.lines() > 0 && run.covered() * 100 >= limit * run.lines());
        add(
                facts,
                "scan",
                runs.of(question.product(), "findings", commit, at, Which.CI),
                run -> fresh(question.product(), run, at) == 0,
                run -> Ratchets.says(fresh(question.product(), run, at)));
        return facts;
    }

    static void add(List<Case.Fact> facts, String kind, List<CommitRun> runs, Predicate<CommitRun> passed) {
        add(facts, kind, runs, passed, run -> "");
    }

    /// @param words what people are to know besides, empty for nothing
    static void add(
            List<Case.Fact> facts,
            String kind,
            List<CommitRun> runs,
            Predicate<CommitRun> passed,
            Function<CommitRun, String> words) {
        for (var run : runs) {
            facts.add(new Case.Fact(
                    kind,
                    passed.test(run),
                    run.commit(),
                    run.build().isEmpty() ? null : run.build(),
                    run.at().toInstant(),
                    run.by(),
                    Set.of(),
                    ("report:" + run.newest() + " " + words.apply(run)).strip(),
                    false));
        }
    }

    /// How many findings of this run its ratchets did not know when they came.
    private long fresh(String product, CommitRun run, OffsetDateTime at) {
        return database.sql("""
                        select count(*)
                          from quality.report r
                          join quality.finding f on f.report = r.id and f.fresh
                         where r.product = :product and r.family = 'findings' and r.environment = ''
                           and left(r.commit, 7) = left(:commit, 7) and r.commit = :commit and r.build = :build
                           and r.received_at <= :at
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .query(Long.class)
                .single();
    }
}
