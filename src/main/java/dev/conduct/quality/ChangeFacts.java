package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.FactSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// `change_coverage`: of the lines that the commit in force changed, tests ran at least the share that the
/// procedure's `change_coverage_limit` says. A change without a line that a test can run has nothing to cover.
@Component
class ChangeFacts implements FactSource {

    static final String KIND = "change_coverage";

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final ChangeRows rows;
    private final Procedures procedures;

    ChangeFacts(ChangeRows rows, Procedures procedures) {
        this.rows = rows;
        this.procedures = procedures;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        var procedure = procedures.at(question.at());
        if (!COMMIT.matcher(commit).matches() || !procedure.evidenceKinds().containsKey(KIND)) {
            return List.of();
        }
        var limit = Limits.changeCoverage(procedure);
        return rows.ofCommit(question.product(), commit, question.at()).stream()
                .map(count -> new Case.Fact(
                        KIND,
                        count.reaches(limit),
                        count.commit(),
                        count.build().isEmpty() ? null : count.build(),
                        count.at(),
                        "system:quality",
                        Set.of(),
                        "report:" + count.report() + " " + count.says(),
                        false))
                .toList();
    }
}
