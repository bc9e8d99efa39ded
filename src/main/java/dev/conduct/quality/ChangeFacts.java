package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.FactSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// `change_coverage`: of the lines that the commit in force changed, tests ran at least the share that the
/// procedure's `change_coverage_limit` says. A change without a line that a test can run has nothing to cover.
@Component
class ChangeFacts implements FactSource {

    static final String KIND = "change_coverage";

    private final ChangeRows rows;
    private final Procedures procedures;

    ChangeFacts(ChangeRows rows, Procedures procedures) {
        this.rows = rows;
        this.procedures = procedures;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return RunFacts.place(wanted, Set.of(KIND));
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var asked = RunFacts.about(KIND, questions, procedures);
        var counts = rows.ofCommits(RunFacts.asked(asked));
        var facts = new HashMap<Question, List<Case.Fact>>();
        for (var question : asked) {
            var count = counts.get(RunFacts.asked(question));
            if (count != null) {
                var limit = Limits.changeCoverage(procedures.at(question.at()));
                facts.put(question, List.of(fact(count, limit)));
            }
        }
        return facts;
    }

    private static Case.Fact fact(ChangeRows.Count count, long limit) {
        return new Case.Fact(
                KIND,
                count.reaches(limit),
                count.commit(),
                count.build().isEmpty() ? null : count.build(),
                count.at(),
                "system:quality",
                Set.of(),
                "report:" + count.report() + " " + count.says(),
                false);
    }
}
