package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `performance`: the newest load test of the commit keeps the budget against the newest one before where it ran that
/// kept it itself. One that was too slow is no measure: otherwise twice as slow would be good at the second try.
@Component
class LoadFacts implements FactSource {

    private static final String KIND = "performance";

    /// Reports among which the build that others are held against is looked for.
    private static final int BEFORE = 100;

    private final JdbcClient database;
    private final Procedures procedures;
    private final CommitRuns runs;

    LoadFacts(JdbcClient database, Procedures procedures, CommitRuns runs) {
        this.database = database;
        this.procedures = procedures;
        this.runs = runs;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return RunFacts.place(wanted, Set.of(KIND));
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var asked = RunFacts.about(KIND, questions, procedures);
        var found = runs.of(RunFacts.asked(asked), "load", Which.ANYWHERE);
        var ran = found.values().stream().distinct().toList();
        if (ran.isEmpty()) {
            return Map.of();
        }
        var labels = labels(ran);
        var before = before(ran);
        return RunFacts.of(
                asked,
                found,
                (question, run) -> RunFacts.fact(
                        KIND,
                        Limits.budget(procedures.at(question.at()))
                                .kept(labels.getOrDefault(run, List.of()), before.getOrDefault(run, Map.of())),
                        run,
                        ""));
    }

    /// A limit that the tool itself counted as broken is a label all of whose requests failed.
    private Map<CommitRun, List<Budget.Label>> labels(List<CommitRun> ran) {
        var labels = new HashMap<CommitRun, List<Budget.Label>>();
        database.sql("""
                        with mine as materialized (
                               select run.n, r.id
                                 from %s
                                 join quality.report newest on newest.id = run.newest
                                 join quality.report r
                                   on r.product = run.product and r.family = 'load' and r.commit = run.commit
                                  and r.build = run.build and r.received_at <= run.until
                                  and r.environment = newest.environment)
                        select m.n, s.label, sum(s.count) as requests, sum(s.failed) as failed, max(s.p95) as p95
                          from mine m join quality.load_summary s on s.report = m.id
                         group by m.n, s.label
                        union all
                        select m.n, c.name, 1, 1, null
                          from mine m join quality.load_check c on c.report = m.id and c.threshold and c.fails > 0
                        """.formatted(CommitRuns.RUNS))
                .params(CommitRuns.columns(ran))
                .query(row -> {
                    labels.computeIfAbsent(ran.get(row.getInt("n") - 1), unused -> new ArrayList<>())
                            .add(label(row));
                });
        return labels;
    }

    /// Milliseconds by label of the newest build before each that has the label and kept its budget, of another commit
    /// and in the same environment: all reports of a build together.
    private Map<CommitRun, Map<String, Double>> before(List<CommitRun> ran) {
        var builds = new HashMap<CommitRun, Map<List<String>, List<Budget.Label>>>();
        database.sql("""
                        with past as materialized (
                               select run.n, earlier.id, earlier.commit, earlier.build,
                                      max(earlier.received_at) over (partition by run.n, earlier.commit, earlier.build) as at
                                 from %s
                                 join quality.report now on now.id = run.newest
                                 cross join lateral (
                                      select id, commit, build, received_at
                                        from quality.report
                                       where product = run.product and family = 'load' and commit <> now.commit
                                         and environment = now.environment and received_at < now.received_at
                                       order by received_at desc limit %d) earlier)
                        select p.n, p.at, p.commit, p.build, s.label,
                               sum(s.count) as requests, sum(s.failed) as failed, max(s.p95) as p95
                          from past p join quality.load_summary s on s.report = p.id
                         group by p.n, p.at, p.commit, p.build, s.label
                        union all
                        select p.n, p.at, p.commit, p.build, c.name, 1, 1, null
                          from past p join quality.load_check c on c.report = p.id and c.threshold and c.fails > 0
                         order by n, at, commit, build
                        """.formatted(CommitRuns.RUNS, BEFORE))
                .params(CommitRuns.columns(ran))
                .query(row -> {
                    builds.computeIfAbsent(ran.get(row.getInt("n") - 1), unused -> new LinkedHashMap<>())
                            .computeIfAbsent(
                                    List.of(row.getString("commit"), row.getString("build")),
                                    unused -> new ArrayList<>())
                            .add(label(row));
                });
        var before = new HashMap<CommitRun, Map<String, Double>>();
        builds.forEach((run, earlier) -> {
            var budget = Limits.budget(procedures.at(run.until()));
            for (var build : earlier.values()) {
                if (budget.kept(build, before.getOrDefault(run, Map.of()))) {
                    before.computeIfAbsent(run, unused -> new HashMap<>()).putAll(times(build));
                }
            }
        });
        return before;
    }

    private static Map<String, Double> times(List<Budget.Label> labels) {
        var times = new HashMap<String, Double>();
        for (var label : labels) {
            var took = label.p95();
            if (took != null) {
                times.put(label.name(), took);
            }
        }
        return times;
    }

    private static Budget.Label label(ResultSet row) throws SQLException {
        return new Budget.Label(
                row.getString("label"),
                row.getLong("requests"),
                row.getLong("failed"),
                row.getObject("p95", Double.class));
    }
}
