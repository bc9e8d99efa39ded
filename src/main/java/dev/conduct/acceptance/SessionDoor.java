package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How all that changes about acceptance gets in: each an event, and what it makes of the tables, in the caller's
/// transaction.
@Component
class SessionDoor {

    private final SessionLists lists;
    private final Ledger ledger;
    private final JdbcClient database;
    private final InstantSource time;

    SessionDoor(SessionLists lists, Ledger ledger, JdbcClient database, InstantSource time) {
        this.lists = lists;
        this.ledger = ledger;
        this.database = database;
        this.time = time;
    }

    /// One that is open, for who holds it; nobody else changes it meanwhile.
    ///
    /// @throws Problem 403 for who may not, 404 without it, 409 when it is closed
    Session held(UUID id, Actor actor) {
        var session = current(id, actor);
        hold(session.product(), actor);
        return session;
    }

    /// @throws Problem 404 without it, 409 when it is closed
    Session current(UUID id, Actor actor) {
        var _ = lists.visible(id, actor);
        var _ = database.sql("select 0 from acceptance.session where id = :id for update")
                .param("id", id)
                .query((row, number) -> 0)
                .optional();
        var session = lists.visible(id, actor);
        if (!session.open()) {
            throw Problem.conflict("closed", "The acceptance is closed. Open another one.");
        }
        return session;
    }

    void hold(String product, Actor actor) {
        if (!lists.mayHold(product, actor)) {
            throw Problem.forbidden("role", "Acceptances are held by who makes products or sends reports of tests.");
        }
    }

    static void require(List<FieldProblem> faults, String field, String text, String says) {
        if (text.isBlank()) {
            faults.add(new FieldProblem(field, "missing", says));
        }
    }

    static void oneOf(String field, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Problem.badInput(
                    field, word.isBlank() ? "missing" : "unknown", "must be one of " + String.join(", ", words) + ".");
        }
    }

    void enter(UUID session, String action, Map<String, Object> data, Map<String, String> content, Actor by) {
        var event = ledger.append(new NewEvent(
                now(),
                by.id(),
                by.via(),
                action,
                AcceptanceProjection.OBJECT + session,
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
        AcceptanceProjection.apply(event, database);
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static String digest(String... parts) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
