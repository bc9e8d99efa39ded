package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Acceptances of builds: opened, people invited, verdicts signed, closed.
@Component
class Acceptances {

    static final List<String> VERDICTS = List.of("accepted", "rejected");

    private static final int LINE = 200;
    private static final int TEXT = 5_000;
    private static final int CRITERIA = 50;
    private static final int INVITED = 100;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SessionLists lists;
    private final SessionDoor door;
    private final People people;
    private final AcceptanceLetters letters;

    Acceptances(SessionLists lists, SessionDoor door, People people, AcceptanceLetters letters) {
        this.lists = lists;
        this.door = door;
        this.people = people;
        this.letters = letters;
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
        door.hold(product, actor);
        var commit = wanted.commit().strip().toLowerCase(Locale.ROOT);
        var criteria = wanted.criteria()
                .lines()
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .toList();
        var faults = new ArrayList<FieldProblem>();
        SessionDoor.require(faults, "title", wanted.title(), "Give the acceptance a title.");
        SessionDoor.require(
                faults, "build", wanted.build(), "Name the build that is in staging: its number or digest.");
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
        var id = Ids.next(door.now());
        var lines = String.join("\n", criteria);
        door.enter(
                id,
                "acceptance.open",
                Map.of(
                        "product",
                        product,
                        "commit",
                        commit,
                        "signs",
                        SessionDoor.digest(
                                wanted.title().strip(), commit, wanted.build().strip(), lines)),
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
        var session = door.held(id, actor);
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
            door.enter(
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
        var session = door.current(id, actor);
        if (lists.asked(id, actor).isEmpty()) {
            throw Problem.forbidden(
                    "not_asked", "Who was invited signs. Ask whoever holds the acceptance to invite you.");
        }
        SessionDoor.oneOf("verdict", verdict, VERDICTS);
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
        door.enter(
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

    /// Ends the session: nothing is said or signed any more.
    ///
    /// @throws Problem 409 while something that was said is not decided
    @Transactional
    public Session close(UUID id, Actor actor) {
        var session = door.held(id, actor);
        if (session.undecided() > 0) {
            throw Problem.conflict(
                    "undecided", session.undecided() + " of what was said is not decided. Decide each, then close.");
        }
        door.enter(id, "acceptance.close", Map.of("product", session.product()), Map.of(), actor);
        return lists.find(id).orElseThrow();
    }
}
