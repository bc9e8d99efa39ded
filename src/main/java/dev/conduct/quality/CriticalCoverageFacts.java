package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.Asked;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `critical_coverage`: every critical component has its lines covered to `coverage_limit`; one without paths has none.
/// A product without critical components has nothing to show.
@Component
class CriticalCoverageFacts implements FactSource {

    private static final String KIND = "critical_coverage";

    private final JdbcClient database;
    private final Procedures procedures;
    private final CommitRuns runs;
    private final Products products;

    CriticalCoverageFacts(JdbcClient database, Procedures procedures, CommitRuns runs, Products products) {
        this.database = database;
        this.procedures = procedures;
        this.runs = runs;
        this.products = products;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return RunFacts.place(wanted, Set.of(KIND));
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var known = RunFacts.about(KIND, questions, procedures);
        if (known.isEmpty()) {
            return Map.of();
        }
        var critical = products.critical(known.stream().map(Question::product).collect(Collectors.toSet()));
        var asked = known.stream()
                .filter(question -> critical.containsKey(question.product()))
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        var found = runs.of(RunFacts.asked(asked), "coverage", Which.CI);
        var missed = missed(found, critical);
        return RunFacts.of(asked, found, (question, run) -> {
            var names = missed.getOrDefault(run, List.of());
            return RunFacts.fact(
                    KIND,
                    names.isEmpty(),
                    run,
                    names.isEmpty() ? "" : "Not shown to reach it: " + CommitRuns.listed(names));
        });
    }

    private record Least(CommitRun run, String component, long limit) {}

    /// Which components do not reach the limit, or have no line in the run: without paths none has.
    private Map<CommitRun, List<String>> missed(Map<Asked, CommitRun> found, Map<String, List<String>> critical) {
        var wanted = new ArrayList<Least>();
        for (var run : found.values().stream().distinct().toList()) {
            var limit = Limits.coverage(procedures.at(run.until()));
            critical.getOrDefault(run.product(), List.of()).forEach(name -> wanted.add(new Least(run, name, limit)));
        }
        var missed = new HashMap<CommitRun, List<String>>();
        database.sql("""
                        select run.n
                          from %s
                          join unnest(:components::text[], :limits::bigint[]) with ordinality wanted(component, least, n)
                            on wanted.n = run.n
                         where not exists (
                               select
                                 from quality.report r join quality.part p on p.report = r.id
                                where r.product = run.product and r.family = 'coverage' and r.environment = ''
                                  and r.commit = run.commit and r.build = run.build and r.received_at <= run.until
                                  and p.component = wanted.component
                               having max(p.lines) > 0 and max(p.lines_covered) * 100 >= wanted.least * max(p.lines))
                         order by run.n
                        """.formatted(CommitRuns.RUNS))
                .params(CommitRuns.columns(wanted.stream().map(Least::run).toList()))
                .param("components", wanted.stream().map(Least::component).toArray(String[]::new))
                .param("limits", wanted.stream().map(Least::limit).toArray(Long[]::new))
                .query(row -> {
                    var one = wanted.get(row.getInt("n") - 1);
                    missed.computeIfAbsent(one.run(), unused -> new ArrayList<>())
                            .add(one.component());
                });
        return missed;
    }
}
