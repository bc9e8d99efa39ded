package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `performance`: the newest load test of the commit keeps the budget against the one before where it ran.
@Component
class LoadFacts implements FactSource {

    private static final String KIND = "performance";

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
        var asked = questions.stream()
                .filter(question -> RunFacts.known(procedures, question, KIND))
                .toList();
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
                            .add(new Budget.Label(
                                    row.getString("label"),
                                    row.getLong("requests"),
                                    row.getLong("failed"),
                                    row.getObject("p95", Double.class)));
                });
        return labels;
    }

    /// Milliseconds by label of the newest load test before each, of another commit and in the same environment.
    private Map<CommitRun, Map<String, Double>> before(List<CommitRun> ran) {
        var before = new HashMap<CommitRun, Map<String, Double>>();
        database.sql("""
                        select run.n, s.label, s.p95
                          from %s
                          join quality.report now on now.id = run.newest
                          cross join lateral (
                               select earlier.id
                                 from quality.report earlier
                                where earlier.product = run.product and earlier.family = 'load'
                                  and earlier.commit <> now.commit and earlier.environment = now.environment
                                  and earlier.received_at < now.received_at
                                order by earlier.received_at desc limit 1) baseline
                          join quality.load_summary s on s.report = baseline.id and s.p95 is not null
                        """.formatted(CommitRuns.RUNS))
                .params(CommitRuns.columns(ran))
                .query(row -> {
                    before.computeIfAbsent(ran.get(row.getInt("n") - 1), unused -> new HashMap<>())
                            .put(row.getString("label"), row.getDouble("p95"));
                });
        return before;
    }
}
