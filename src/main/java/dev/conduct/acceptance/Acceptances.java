package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What changes about acceptance: each an event, and what it makes of the tables, in one transaction.
@Component
class Acceptances {

    static final List<String> VERDICTS = List.of("accepted", "rejected");
    static final List<String> DECISIONS = List.of("accepted", "rejected", "deferred");

    private static final int LINE = 200;
    private static final int TEXT = 5_000;
    private static final int CRITERIA = 50;
    private static final int INVITED = 100;
    private static final int TITLE = 150;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SessionLists lists;
    private final People people;
    private final Items items;
    private final Procedures procedures;
    private final Ledger ledger;
    private final AcceptanceLetters letters;
    private final JdbcClient database;
    private final InstantSource time;

    Acceptances(
            SessionLists lists,
            People people,
            Items items,
            Procedures procedures,
            Ledger ledger,
            AcceptanceLetters letters,
            JdbcClient database,
            InstantSource time) {
        this.lists = lists;
        this.people = people;
        this.items = items;
        this.procedures = procedures;
        this.ledger = ledger;
        this.letters = letters;
        this.database = database;
        this.time = time;
    }

    /// @param criteria one a line
    record NewSession(String title, String commit, String build, String environment, String criteria) {}

    /// Opens the acceptance of a build. What is to be accepted does not change any more: another build is another
    /// session.
    ///
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without the
    /// product
    @Transactional
    public Session open(String product, NewSession wanted, Actor actor) {
        var _ = lists.product(product, actor);
        hold(product, actor);
        var commit = wanted.commit().strip().toLowerCase(Locale.ROOT);
        var criteria = wanted.criteria()
                .lines()
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        var faults = new ArrayList<FieldProblem>();
        require(faults, "title", wanted.title(), "Give the acceptance a title.");
        require(faults, "build", wanted.build(), "Name the build that is in staging: its number or digest.");
        if (!COMMIT.matcher(commit).matches()) {
            faults.add(new FieldProblem(
                    "commit",
                    commit.isEmpty() ? "missing" : "not_a_commit",
                    "must be 7 to 64 hexadecimal digits: the commit of the build."));
        }
        if (criteria.isEmpty() || criteria.size() > CRITERIA) {
            faults.add(new FieldProblem(
                    "criteria",
                    criteria.isEmpty() ? "missing" : "too_many",
                    "are needed: what must be so for it to be accepted, one a line, at most " + CRITERIA + "."));
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        PlainText.checked("title", wanted.title(), LINE);
        PlainText.checked("build", wanted.build(), LINE);
        PlainText.checked("environment", wanted.environment(), LINE);
        PlainText.checked("criteria", wanted.criteria(), TEXT);
        var id = Ids.next(now());
        var lines = String.join("\n", criteria);
        enter(
                id,
                "acceptance.open",
                Map.of(
                        "product",
                        product,
                        "commit",
                        commit,
                        "signs",
                        digest(wanted.title().strip(), commit, wanted.build().strip(), lines)),
                Map.of(
                        "title",
                        wanted.title().strip(),
                        "build",
                        wanted.build().strip(),
                        "environment",
                        wanted.environment().isBlank()
                                ? "staging"
                                : wanted.environment().strip(),
                        "criteria",
                        lines),
                actor);
        return lists.find(id).orElseThrow();
    }

    /// Asks somebody to accept: a client, or a stakeholder inside. They are told by a letter, once.
    ///
    /// @param who an e-mail address, a name or an id
    /// @throws Problem 400 for somebody unknown, 403 for who may not, 404 without the session, 409 when it is
    /// closed
    @Transactional
    public Session invite(UUID id, String who, Actor actor) {
        var session = held(id, actor);
        var person = people.resolve(who)
                .filter(People.Person::active)
                .orElseThrow(() -> Problem.badInput(
                        "person",
                        who.isBlank() ? "missing" : "unknown",
                        "names nobody who has an account here. An administrator invites clients under People."));
        if (session.invited() >= INVITED) {
            throw Problem.conflict("too_many", "There are " + INVITED + " people invited already.");
        }
        if (lists.invitations(id).stream().noneMatch(it -> it.person().equals(person.id()))) {
            enter(
                    id,
                    "acceptance.invite",
                    Map.of("product", session.product(), "person", person.id()),
                    Map.of(),
                    actor);
            letters.invited(session, person, actor);
        }
        return lists.find(id).orElseThrow();
    }

    /// Signs a verdict on what the session says, once for all criteria; who thinks otherwise later signs again.
    ///
    /// @param met numbers of the criteria that were met, from 1 on
    /// @throws Problem 400 for a bad verdict, 403 for who was not asked, 404 without the session, 409 when it is
    /// closed
    @Transactional
    public Session sign(UUID id, String verdict, Collection<Integer> met, String note, Actor actor) {
        var session = current(id, actor);
        if (lists.asked(id, actor).isEmpty()) {
            throw Problem.forbidden(
                    "not_asked", "Who was invited signs. Ask whoever holds the acceptance to invite you.");
        }
        oneOf("verdict", verdict, VERDICTS);
        PlainText.checked("note", note, TEXT);
        var all = new TreeSet<>(met);
        if (!all.isEmpty()
                && (all.first() < 1 || all.last() > session.criteria().size())) {
            throw Problem.badInput("met", "unknown", "names a criterion that is not there.");
        }
        if (verdict.equals("accepted") && all.size() < session.criteria().size()) {
            throw Problem.badInput(
                    "met",
                    "unmet",
                    "does not have every criterion. Accept when all are met, or reject and say what is not.");
        }
        if (verdict.equals("rejected") && note.isBlank()) {
            throw Problem.badInput("note", "missing", "Say what is not as it must be.");
        }
        enter(
                id,
                "acceptance.sign",
                Map.of(
                        "product",
                        session.product(),
                        "verdict",
                        verdict,
                        "met",
                        all.stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        "signs",
                        session.signs()),
                note.isBlank() ? Map.of() : Map.of("note", note.strip()),
                actor);
        return lists.find(id).orElseThrow();
    }

    /// @throws Problem 400 when it is empty, 403 for who was not asked, 404 without the session, 409 when it is closed
    @Transactional
    public SessionLists.Feedback say(UUID id, String text, Actor actor) {
        var session = current(id, actor);
        if (lists.asked(id, actor).isEmpty()) {
            throw Problem.forbidden("not_asked", "Who was invited says what they saw.");
        }
        if (text.isBlank()) {
            throw Problem.badInput("text", "missing", "Say what you saw.");
        }
        PlainText.checked("text", text, TEXT);
        var feedback = Ids.next(now());
        enter(
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
        hold(session.product(), actor);
        var _ = database.sql("select 0 from acceptance.feedback where id = :id for update")
                .param("id", feedback)
                .query((row, number) -> 0)
                .optional();
        var said = find(id, feedback);
        oneOf("decision", decision, DECISIONS);
        PlainText.checked("reason", reason, TEXT);
        if (!said.decision().isEmpty()) {
            throw Problem.conflict("decided", "It was decided already: " + said.decision() + ".");
        }
        if (!decision.equals("accepted") && reason.isBlank()) {
            throw Problem.badInput("reason", "missing", "Say why, for whoever said it.");
        }
        var item = decision.equals("accepted") ? report(session, said, severity, actor) : "";
        enter(
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

    private java.util.Optional<ItemType> line() {
        return procedures.at(now()).types().values().stream()
                .filter(type -> type.field(ItemType.Meaning.SEVERITY).isPresent()
                        && type.fields().values().stream()
                                .noneMatch(field -> field.required() && field.meaning() != ItemType.Meaning.SEVERITY))
                .findFirst();
    }

    private String report(Session session, SessionLists.Feedback said, String severity, Actor actor) {
        var type = line().orElseThrow(() -> Problem.conflict(
                "no_line", "The procedure has no line that takes it. Reject or defer it with a reason."));
        oneOf("severity", severity, severities());
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

    /// Ends the session: nothing is said or signed any more.
    ///
    /// @throws Problem 409 while something that was said is not decided
    @Transactional
    public Session close(UUID id, Actor actor) {
        var session = held(id, actor);
        if (session.undecided() > 0) {
            throw Problem.conflict(
                    "undecided", session.undecided() + " of what was said is not decided. Decide each, then close.");
        }
        enter(id, "acceptance.close", Map.of("product", session.product()), Map.of(), actor);
        return lists.find(id).orElseThrow();
    }

    private SessionLists.Feedback find(UUID session, UUID feedback) {
        return lists.said(session, feedback).orElseThrow(() -> Problem.notFound("This feedback"));
    }

    private Session held(UUID id, Actor actor) {
        var session = current(id, actor);
        hold(session.product(), actor);
        return session;
    }

    /// @throws Problem 404 without it, 409 when it is closed
    private Session current(UUID id, Actor actor) {
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

    private void hold(String product, Actor actor) {
        if (!lists.mayHold(product, actor)) {
            throw Problem.forbidden("role", "Acceptances are held by who makes products or sends reports of tests.");
        }
    }

    private static void require(List<FieldProblem> faults, String field, String text, String says) {
        if (text.isBlank()) {
            faults.add(new FieldProblem(field, "missing", says));
        }
    }

    private static void oneOf(String field, String word, List<String> words) {
        if (!words.contains(word)) {
            throw Problem.badInput(
                    field, word.isBlank() ? "missing" : "unknown", "must be one of " + String.join(", ", words) + ".");
        }
    }

    private void enter(UUID session, String action, Map<String, Object> data, Map<String, String> content, Actor by) {
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

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String digest(String... parts) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
