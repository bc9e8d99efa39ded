package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What those who try a build say of it, and what becomes of each.
@Component
class Feedbacks {

    static final List<String> DECISIONS = List.of("accepted", "rejected", "deferred");

    private static final int TEXT = 5_000;
    private static final int TITLE = 150;

    private final SessionLists lists;
    private final SessionDoor door;
    private final Items items;
    private final Procedures procedures;
    private final JdbcClient database;

    Feedbacks(SessionLists lists, SessionDoor door, Items items, Procedures procedures, JdbcClient database) {
        this.lists = lists;
        this.door = door;
        this.items = items;
        this.procedures = procedures;
        this.database = database;
    }

    /// @throws Problem 400 when it is empty, 403 for who was not asked, 404 without the session, 409 when it is closed
    @Transactional
    public SessionLists.Feedback say(UUID id, String text, Actor actor) {
        var session = door.current(id, actor);
        if (lists.asked(id, actor).isEmpty()) {
            throw Problem.forbidden("not_asked", "Who was invited says what they saw.");
        }
        if (text.isBlank()) {
            throw Problem.badInput("text", "missing", "Say what you saw.");
        }
        PlainText.checked("text", text, TEXT);
        var feedback = Ids.next(door.now());
        door.enter(
                id,
                "acceptance.say",
                Map.of("product", session.product(), "feedback", feedback.toString()),
                Map.of("text", text.strip()),
                actor);
        return find(id, feedback);
    }

    /// Decides what becomes of something that was said. Accepted, it becomes a record of the procedure's line; rejected
    /// and deferred need a reason.
    ///
    /// @param severity of the record, a word of the procedure
    /// @throws Problem 400 for a bad decision, 403 for who may not, 404 without it, 409 when it was decided
    @Transactional
    public SessionLists.Feedback decide(
            UUID id, UUID feedback, String decision, String severity, String reason, Actor actor) {
        var session = lists.visible(id, actor);
        door.hold(session.product(), actor);
        var _ = database.sql("select 0 from acceptance.feedback where id = :id for update")
                .param("id", feedback)
                .query((row, number) -> 0)
                .optional();
        var said = find(id, feedback);
        SessionDoor.oneOf("decision", decision, DECISIONS);
        PlainText.checked("reason", reason, TEXT);
        if (!said.decision().isEmpty()) {
            throw Problem.conflict("decided", "It was decided already: " + said.decision() + ".");
        }
        if (!decision.equals("accepted") && reason.isBlank()) {
            throw Problem.badInput("reason", "missing", "Say why, for whoever said it.");
        }
        var item = decision.equals("accepted") ? report(session, said, severity, actor) : "";
        door.enter(
                id,
                "acceptance.decide",
                Map.of(
                        "product",
                        session.product(),
                        "feedback",
                        feedback.toString(),
                        "decision",
                        decision,
                        "item",
                        item),
                reason.isBlank() ? Map.of() : Map.of("reason", reason.strip()),
                actor);
        return find(id, feedback);
    }

    /// The words of severity on the line that takes what is accepted; empty without such a line.
    List<String> severities() {
        return line().stream()
                .flatMap(type -> type.field(ItemType.Meaning.SEVERITY).stream())
                .flatMap(field -> field.options().stream())
                .toList();
    }

    private Optional<ItemType> line() {
        return procedures.at(door.now()).types().values().stream()
                .filter(type -> type.field(ItemType.Meaning.SEVERITY).isPresent()
                        && type.fields().values().stream()
                                .noneMatch(field -> field.required() && field.meaning() != ItemType.Meaning.SEVERITY))
                .findFirst();
    }

    private String report(Session session, SessionLists.Feedback said, String severity, Actor actor) {
        var type = line().orElseThrow(() -> Problem.conflict(
                "no_line", "The procedure has no line that takes it. Reject or defer it with a reason."));
        SessionDoor.oneOf("severity", severity, severities());
        var first = said.text().lines().findFirst().orElse("");
        return items.report(
                        new Items.Report(
                                type.name(),
                                session.product(),
                                first.length() <= TITLE ? first : first.substring(0, TITLE - 1) + "\u2026",
                                said.text() + "\n\nSaid in the acceptance " + session.title() + ", build "
                                        + session.build() + ", commit " + session.commit() + ".",
                                Map.of(
                                        type.field(ItemType.Meaning.SEVERITY)
                                                .orElseThrow()
                                                .name(),
                                        severity),
                                null,
                                null),
                        actor)
                .key();
    }

    private SessionLists.Feedback find(UUID session, UUID feedback) {
        return lists.said(session, feedback).orElseThrow(() -> Problem.notFound("This feedback"));
    }
}
