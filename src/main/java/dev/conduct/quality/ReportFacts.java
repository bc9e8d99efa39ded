package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.FactSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the gates learn from reports that came from CI (no environment named). The reports of one commit and build
/// are one run; the newest run of the commit counts.
///
/// - `unit_tests`: at least one case passed and none failed; nothing went wrong outside the cases.
/// - `coverage`: lines of the whole product covered to at least `coverage_limit`.
/// - `scan`: no finding above informative that the scan before, of another commit and the same kind, did not have.
@Component
class ReportFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final long USUAL_LIMIT = 80;

    private final JdbcClient database;
    private final Procedures procedures;

    ReportFacts(JdbcClient database, Procedures procedures) {
        this.database = database;
        this.procedures = procedures;
    }

    /// The reports of one family, commit and build, added up.
    private record Run(
            String commit,
            String build,
            OffsetDateTime at,
            String by,
            String newest,
            long good,
            long bad,
            long covered,
            long lines) {}

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        var at = OffsetDateTime.ofInstant(question.at(), ZoneOffset.UTC);
        var limit = limit(procedures.at(question.at()));
        var facts = new ArrayList<Case.Fact>();
        add(
                facts,
                "unit_tests",
                runs(question.product(), "tests", commit, at),
                run -> run.good() > 0 && run.bad() == 0);
        add(
                facts,
                "coverage",
                runs(question.product(), "coverage", commit, at),
                run -> run.lines() > 0 && run.covered() * 100 >= limit * run.lines());
        add(
                facts,
                "scan",
                runs(question.product(), "findings", commit, at),
                run -> fresh(question.product(), run) == 0);
        return facts;
    }

    private static long limit(Procedure procedure) {
        var parameter = procedure.parameters().get("coverage_limit");
        return parameter != null && parameter.value() instanceof Number number ? number.longValue() : USUAL_LIMIT;
    }

    private static void add(List<Case.Fact> facts, String kind, List<Run> runs, Predicate<Run> passed) {
        for (var run : runs) {
            facts.add(new Case.Fact(
                    kind,
                    passed.test(run),
                    run.commit(),
                    run.build().isEmpty() ? null : run.build(),
                    run.at().toInstant(),
                    run.by(),
                    Set.of(),
                    "report:" + run.newest(),
                    false));
        }
    }

    /// The newest run of this commit, or else the newest of another.
    private List<Run> runs(String product, String family, String commit, OffsetDateTime at) {
        return database.sql("""
                        with mine as (
                               select commit, build
                                 from quality.report
                                where product = :product and family = :family and environment = '' and received_at <= :at
                                  and left(commit, 7) = left(:commit, 7)
                                  and (starts_with(commit, :commit) or starts_with(:commit, commit))
                                order by received_at desc
                                limit 1),
                             other as (
                               select commit, build
                                 from quality.report
                                where product = :product and family = :family and environment = '' and received_at <= :at
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
                               sum(coalesce((totals ->> 'lines_covered')::bigint, 0)) as covered,
                               sum(coalesce((totals ->> 'lines')::bigint, 0)) as lines
                          from quality.report
                          join (select * from mine union all select * from other) chosen using (commit, build)
                         where product = :product and family = :family and environment = '' and received_at <= :at
                         group by commit, build
                        """)
                .param("product", product)
                .param("family", family)
                .param("commit", commit)
                .param("at", at)
                .query(ReportFacts::run)
                .list();
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
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

    /// How many findings of this run its forerunner did not have. The first scan of a product has none: what it finds
    /// is what there was.
    private long fresh(String product, Run run) {
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
