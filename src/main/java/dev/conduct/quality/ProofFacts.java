package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the gates before a release learn from reports.
///
/// - `fix_proof`: every test that is linked to the item passed in the run of CI, put aside or not, and nothing else
///   that counts failed. Without a linked test there is none.
/// - `critical_coverage`: every critical component has its lines covered to `coverage_limit`; one without paths has
///   none.
/// - `performance`: the newest load test of the commit keeps the budget against the one before where it ran.
/// - `build_scan`: no finding as severe as `scan_refuses` says is open in the newest scan of a build of the commit by
///   a scanner of security.
@Component
class ProofFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final JdbcClient database;
    private final Procedures procedures;
    private final CommitRuns runs;
    private final Products products;

    ProofFacts(JdbcClient database, Procedures procedures, CommitRuns runs, Products products) {
        this.database = database;
        this.procedures = procedures;
        this.runs = runs;
        this.products = products;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        var known = procedures.at(question.at()).evidenceKinds().keySet();
        var at = OffsetDateTime.ofInstant(question.at(), ZoneOffset.UTC);
        var product = question.product();
        var facts = new ArrayList<Case.Fact>();
        if (known.contains("fix_proof")) {
            proof(question, commit, at, facts);
        }
        if (known.contains("critical_coverage")) {
            coverage(question, commit, at, facts);
        }
        if (known.contains("performance")) {
            ReportFacts.add(
                    facts,
                    "performance",
                    runs.of(product, "load", commit, at, Which.ANYWHERE),
                    run -> Limits.budget(procedures.at(question.at()))
                            .kept(labels(product, run, at), baseline(product, run)));
        }
        if (known.contains("build_scan")) {
            ReportFacts.add(
                    facts,
                    "build_scan",
                    runs.of(product, "findings", commit, at, Which.SECURITY),
                    run -> open(product, run, at, Limits.refused(procedures.at(question.at()))) == 0);
        }
        return facts;
    }

    private void proof(Question question, String commit, OffsetDateTime at, List<Case.Fact> facts) {
        var linked = database.sql("select test from quality.test_link where item = :item and product = :product"
                        + " and linked_at <= :at")
                .param("at", at)
                .param("item", question.item())
                .param("product", question.product())
                .query((row, number) -> row.getObject("test", UUID.class))
                .list();
        if (!linked.isEmpty()) {
            ReportFacts.add(
                    facts,
                    "fix_proof",
                    runs.of(question.product(), "tests", commit, at, Which.CI),
                    run -> runs.green(question.product(), run, at)
                            && passed(question.product(), run, linked, at) == linked.size(),
                    run -> runs.putAside(question.product(), run, at));
        }
    }

    /// How many of these tests passed in the run and did not fail in it.
    private long passed(String product, CommitRun run, List<UUID> tests, OffsetDateTime at) {
        return database.sql("""
                        select count(*)
                          from (select t.test
                                  from quality.report r join quality.test_case t on t.report = r.id
                                 where r.product = :product and r.family = 'tests' and r.environment = ''
                                   and r.commit = :commit and r.build = :build and r.received_at <= :at
                                   and t.test = any (:tests)
                                 group by t.test
                                having bool_or(t.outcome = 'passed')
                                   and not bool_or(t.outcome in ('failed', 'errored', 'flaky'))) proved
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .param("tests", tests.toArray(UUID[]::new))
                .query(Long.class)
                .single();
    }

    private void coverage(Question question, String commit, OffsetDateTime at, List<Case.Fact> facts) {
        var critical = products.components(question.product()).stream()
                .filter(Products.ProductComponent::critical)
                .map(Products.ProductComponent::name)
                .toList();
        var limit = Limits.coverage(procedures.at(question.at()));
        if (!critical.isEmpty()) {
            ReportFacts.add(
                    facts,
                    "critical_coverage",
                    runs.of(question.product(), "coverage", commit, at, Which.CI),
                    run -> missed(question.product(), run, critical, limit, at).isEmpty(),
                    run -> {
                        var missed = missed(question.product(), run, critical, limit, at);
                        return missed.isEmpty() ? "" : "Not shown to reach it: " + CommitRuns.listed(missed);
                    });
        }
    }

    /// Which of these components do not reach the limit, or have no line in the run: without paths none has.
    private List<String> missed(String product, CommitRun run, List<String> components, long limit, OffsetDateTime at) {
        return database.sql("""
                        select wanted.name
                          from unnest(:components::text[]) wanted(name)
                         where wanted.name not in (
                                select p.component
                                  from quality.report r join quality.part p on p.report = r.id
                                 where r.product = :product and r.family = 'coverage' and r.environment = ''
                                   and r.commit = :commit and r.build = :build and r.received_at <= :at
                                   and p.component = any (:components)
                                 group by p.component
                                having max(p.lines) > 0 and max(p.lines_covered) * 100 >= :limit * max(p.lines))
                         order by wanted.name
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .param("components", components.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /// A limit that the tool itself counted as broken is a label all of whose requests failed.
    private List<Budget.Label> labels(String product, CommitRun run, OffsetDateTime at) {
        var labels = new ArrayList<Budget.Label>(database.sql("""
                        select s.label, sum(s.count) as requests, sum(s.failed) as failed, max(s.p95) as p95
                          from quality.report r join quality.load_summary s on s.report = r.id
                         where r.product = :product and r.family = 'load' and r.commit = :commit and r.build = :build
                           and r.received_at <= :at
                           and r.environment = (select environment from quality.report where id = :newest)
                         group by s.label
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .param("newest", UUID.fromString(run.newest()))
                .query((row, number) -> new Budget.Label(
                        row.getString("label"),
                        row.getLong("requests"),
                        row.getLong("failed"),
                        row.getObject("p95", Double.class)))
                .list());
        labels.addAll(database.sql("""
                        select c.name
                          from quality.report r join quality.load_check c on c.report = r.id
                         where r.product = :product and r.family = 'load' and r.commit = :commit and r.build = :build
                           and r.received_at <= :at and c.threshold and c.fails > 0
                           and r.environment = (select environment from quality.report where id = :newest)
                        """)
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .param("newest", UUID.fromString(run.newest()))
                .query((row, number) -> new Budget.Label(row.getString("name"), 1, 1, null))
                .list());
        return labels;
    }

    /// Of the newest load test before this one, of another commit and in the same environment.
    private Map<String, Double> baseline(String product, CommitRun run) {
        var baseline = new HashMap<String, Double>();
        database.sql("""
                        select s.label, s.p95
                          from quality.load_summary s
                         where s.p95 is not null
                           and s.report = (
                                 select earlier.id
                                   from quality.report earlier
                                   join quality.report now on now.id = :newest
                                  where earlier.product = :product and earlier.family = 'load'
                                    and earlier.commit <> now.commit and earlier.environment = now.environment
                                    and earlier.received_at < now.received_at
                                  order by earlier.received_at desc limit 1)
                        """)
                .param("newest", UUID.fromString(run.newest()))
                .param("product", product)
                .query(row -> {
                    baseline.put(row.getString("label"), row.getDouble("p95"));
                });
        return baseline;
    }

    private long open(String product, CommitRun run, OffsetDateTime at, List<String> severities) {
        return database.sql("""
                        select count(*)
                          from quality.report r join quality.finding f on f.report = r.id
                         where r.product = :product and r.family = 'findings' and r.commit = :commit
                           and r.build = :build and r.received_at <= :at
                           and not f.suppressed and f.severity = any (:severities) %s
                        """.formatted(Which.SECURITY.condition))
                .param("product", product)
                .param("commit", run.commit())
                .param("build", run.build())
                .param("at", at)
                .param("severities", severities.toArray(String[]::new))
                .query(Long.class)
                .single();
    }
}
