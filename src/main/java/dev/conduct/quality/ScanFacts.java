package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// `build_scan`: no finding as severe as `scan_refuses` says is open in the newest scans of a build of the commit by
/// scanners of security: of each kind of tool, and of each environment, the last one says how it is.
@Component
class ScanFacts implements FactSource {

    private static final String KIND = "build_scan";

    private final Procedures procedures;
    private final CommitRuns runs;

    ScanFacts(Procedures procedures, CommitRuns runs) {
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
        var found = runs.of(RunFacts.asked(asked), "findings", Which.SECURITY);
        var ran = found.values().stream().distinct().toList();
        var severe = ran.stream()
                .map(run -> String.join(" ", Limits.refused(procedures.at(run.until()))))
                .toArray(String[]::new);
        var open =
                runs.numbers("""
                        select run.n, count(*)
                          from %s
                          join unnest(:severe::text[]) with ordinality refused(severities, n) on refused.n = run.n
                          cross join lateral (
                               select distinct on (kind, environment) id from quality.report
                                where product = run.product and family = 'findings' and commit = run.commit
                                  and build = run.build and received_at <= run.until %s
                                order by kind, environment, received_at desc, id desc) r
                          join quality.finding f on f.report = r.id
                         where not f.suppressed and f.severity = any (string_to_array(refused.severities, ' '))
                         group by run.n
                        """.formatted(CommitRuns.RUNS, Which.SECURITY.condition), ran, Map.of("severe", severe));
        return RunFacts.of(
                asked, found, (question, run) -> RunFacts.fact(KIND, open.getOrDefault(run, 0L) == 0, run, ""));
    }
}
