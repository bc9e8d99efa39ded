package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.Asked;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.work.FactSource.Place;
import dev.conduct.work.FactSource.Question;
import dev.conduct.work.FactSource.Wanted;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What facts that are made of runs have in common.
final class RunFacts {

    private RunFacts() {}

    /// The runs of the commit, or what there are of the product.
    static Optional<Place> place(Wanted wanted, Set<String> kinds) {
        return kinds.contains(wanted.kind())
                ? Optional.of(new Place(
                        "Quality",
                        "/quality/" + wanted.product() + "/runs"
                                + (wanted.commit().isEmpty() ? "" : "?commit=" + wanted.commit())))
                : Optional.empty();
    }

    /// Those that are asked while the procedure in force knows facts of this kind.
    static List<Question> about(String kind, Collection<Question> questions, Procedures procedures) {
        return questions.stream()
                .filter(question -> known(procedures, question, kind))
                .toList();
    }

    /// Whether facts of this kind are asked for, and the procedure in force then knows them.
    static boolean known(Procedures procedures, Question question, String kind) {
        return question.asks(kind)
                && procedures.at(question.at()).evidenceKinds().containsKey(kind);
    }

    static Set<Asked> asked(Collection<Question> questions) {
        return questions.stream().map(RunFacts::asked).collect(Collectors.toSet());
    }

    static Asked asked(Question question) {
        return new Asked(question.product(), question.commit(), question.at());
    }

    /// @param fact of a question and its run; null for none
    static Map<Question, List<Case.Fact>> of(
            Collection<Question> questions,
            Map<Asked, CommitRun> runs,
            BiFunction<Question, CommitRun, Case.@Nullable Fact> fact) {
        var facts = new HashMap<Question, List<Case.Fact>>();
        for (var question : questions) {
            var run = runs.get(asked(question));
            var told = run == null ? null : fact.apply(question, run);
            if (told != null) {
                facts.put(question, List.of(told));
            }
        }
        return facts;
    }

    /// @param words what people are to know besides, empty for nothing
    static Case.Fact fact(String kind, boolean passed, CommitRun run, String words) {
        return new Case.Fact(
                kind,
                passed,
                run.commit(),
                run.build().isEmpty() ? null : run.build(),
                run.at().toInstant(),
                run.by(),
                Set.of(),
                ("report:" + run.newest() + " " + words).strip(),
                false);
    }
}
