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
/// - `scan`: no finding above informative that the scan before, of another commit and the same kind, did not have.
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
                run -> fresh(question.product(), run) == 0);
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

    /// How many findings of this run its forerunner did not have. The first scan of a product has none: what it finds
    /// is what there was.
    private long fresh(String product, CommitRun run) {
        return database.sql("""
                        select count(*)
                          from quality.report now
                          join quality.finding found on found.report = now.id
                          join lateral (
                                 select id
                                   from quality.report earlier
                                  where earlier.product = now.product and earlier.kind = now.kind
                                    and earlier.environment = '' and earlier.commit <> now.commit
                                    and earlier.received_at < now.received_at
                                  order by earlier.received_at desc
                                  limit 1) before on true
                         where now.product = :product and now.family = 'findings' and now.environment = ''
                           and now.commit = :commit and now.build = :build
                           and not found.suppressed and found.severity <> 'info'
                           and not exists (
                                 select 1 from quality.finding old
                                  where old.report = before.id and old.print = found.print)
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .query(Long.class)
                .single();
    }
}
