package dev.conduct.acceptance;

import dev.conduct.acceptance.SessionsThen.Commit;
import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What the gates learn from the newest acceptance of the commit in force, or else of another commit.
///
/// - `acceptance`: everybody who was invited accepted.
/// - `feedback`: everything that was said is decided.
@Component
class AcceptanceFacts implements FactSource {

    private final SessionsThen sessions;

    AcceptanceFacts(SessionsThen sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return Set.of("acceptance", "feedback").contains(wanted.kind())
                ? Optional.of(new Place("Acceptance", "/acceptance/" + wanted.product()))
                : Optional.empty();
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var asked = questions.stream()
                .filter(question -> question.asks("acceptance") || question.asks("feedback"))
                .toList();
        var facts = new HashMap<Question, List<Case.Fact>>();
        if (asked.isEmpty()) {
            return facts;
        }
        var newest = sessions.newest(
                asked.stream().map(AcceptanceFacts::commit).distinct().toList());
        for (var question : asked) {
            var stood = newest.get(commit(question));
            if (stood != null) {
                facts.put(question, told(stood));
            }
        }
        return facts;
    }

    private static Commit commit(Question question) {
        return new Commit(question.product(), question.commit(), question.at());
    }

    private static List<Case.Fact> told(SessionsThen.Stood stood) {
        var session = stood.session();
        return List.of(
                fact("acceptance", session.passed(), session, session.word(), stood.signedAt()),
                fact(
                        "feedback",
                        session.undecided() == 0,
                        session,
                        session.undecided() == 0 ? "" : session.undecided() + " not decided",
                        stood.signedAt()));
    }

    private static Case.Fact fact(String kind, boolean passed, Session session, String words, Instant at) {
        return new Case.Fact(
                kind,
                passed,
                session.commit(),
                session.build(),
                at,
                "system:acceptance",
                Set.of(),
                ("acceptance:" + session.id() + " " + words).strip(),
                false);
    }
}
