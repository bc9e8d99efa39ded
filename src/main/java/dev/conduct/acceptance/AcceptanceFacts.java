package dev.conduct.acceptance;

import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/// What the gates learn from the newest acceptance of the commit in force, or else of another commit.
///
/// - `acceptance`: everybody who was invited accepted.
/// - `feedback`: everything that was said is decided.
@Component
class AcceptanceFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SessionLists lists;

    AcceptanceFacts(SessionLists lists) {
        this.lists = lists;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        return lists.newest(question.product(), commit, question.at())
                .or(() -> lists.newest(question.product(), "", question.at()))
                .map(session -> List.of(
                        fact("acceptance", session.passed(), session, session.word(), at(session, question.at())),
                        fact(
                                "feedback",
                                session.undecided() == 0,
                                session,
                                session.undecided() == 0 ? "" : session.undecided() + " not decided",
                                at(session, question.at()))))
                .orElse(List.of());
    }

    /// The last signature before the moment that is asked for.
    private Instant at(Session session, Instant asked) {
        return lists.invitations(session.id()).stream()
                .flatMap(invitation -> java.util.stream.Stream.ofNullable(invitation.signedAt()))
                .filter(signed -> !signed.isAfter(asked))
                .max(Instant::compareTo)
                .orElse(session.openedAt());
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
