package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What changes about standards: each an event, and what it makes of the tables, in one transaction.
@Component
class Standards {

    private static final int LINE = 200;
    private static final int NAMESAKES = 50;
    private static final int BODY = 100_000;

    private final StandardLists lists;
    private final StandardRows rows;
    private final Asked asked;
    private final People people;
    private final Roles roles;
    private final Ledger ledger;
    private final JdbcClient database;
    private final InstantSource time;

    Standards(
            StandardLists lists,
            StandardRows rows,
            Asked asked,
            People people,
            Roles roles,
            Ledger ledger,
            JdbcClient database,
            InstantSource time) {
        this.lists = lists;
        this.rows = rows;
        this.asked = asked;
        this.people = people;
        this.roles = roles;
        this.ledger = ledger;
        this.database = database;
        this.time = time;
    }

    /// What was typed.
    ///
    /// @param roles who has to know it, everybody inside when empty
    /// @param days within how many of its approval
    /// @param trainingDays for how many days a training counts, 0 when none is asked for
    record Wanted(String title, String body, List<String> roles, int days, int trainingDays) {

        static final Wanted EMPTY = new Wanted("", "", List.of(), 14, 0);
    }

    /// @param heldOn a date, `2026-03-11`
    /// @param validUntil another, empty for as long as the standard says
    record NewTraining(String person, String heldOn, String validUntil, String trainer) {}

    /// A new standard, its first version waiting for a second person.
    ///
    /// @param product key of the product it is for, empty for the company
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not
    @Transactional
    public Standard propose(String product, Wanted wanted, Actor by) {
        var known = product.isBlank() ? null : product.strip();
        if (known != null && !lists.kept(by).contains(known)) {
            throw Problem.badInput("product", "unknown", "is no product whose standards you keep.");
        }
        keep(known, by);
        check(wanted);
        var id = Ids.next(now());
        return propose(id, known, 1, wanted, by);
    }

    /// The next version of it, which counts when a second person approves it; one that waits already is replaced.
    ///
    /// @throws Problem as above, and 404 without the standard
    @Transactional
    public Standard propose(UUID id, Wanted wanted, Actor by) {
        var standard = locked(id, by);
        check(wanted);
        return propose(id, standard.product(), standard.proposed() + 1, wanted, by);
    }

    private Standard propose(UUID id, @Nullable String product, int number, Wanted wanted, Actor by) {
        var named = wanted.roles().stream().distinct().sorted().toList();
        var data = new HashMap<String, Object>();
        if (product != null) {
            data.put("product", product);
        }
        data.put("version", (long) number);
        data.put("roles", named);
        data.put("days", (long) wanted.days());
        data.put("training_days", (long) wanted.trainingDays());
        var title = wanted.title().strip();
        var body = wanted.body().replace("\r\n", "\n").strip();
        data.put(
                "digest",
                digest(
                        title,
                        body,
                        String.join(" ", named),
                        String.valueOf(wanted.days()),
                        String.valueOf(wanted.trainingDays())));
        enter(id, "standard.propose", data, Map.of("title", title, "body", body), by);
        return rows.find(id).orElseThrow();
    }

    /// Puts the version that waits in force: from now on it is the one to be known.
    ///
    /// @param digest of the version that was read, so that nothing else is approved
    /// @throws Problem 403 for who may not and for who wrote it, 404 without it, 409 when nothing or another one
    /// waits
    @Transactional
    public Standard approve(UUID id, String digest, Actor by) {
        var standard = locked(id, by);
        var version = rows.version(id, standard.proposed()).orElseThrow();
        if (digest.isBlank()) {
            throw Problem.badInput("digest", "missing", "Send the digest of the version that is approved.");
        }
        if (!standard.waits()) {
            throw Problem.conflict("nothing_waits", "No version of it waits for approval.");
        }
        if (!version.digest().equals(digest)) {
            throw Problem.conflict("changed", "Another version was proposed meanwhile. Read that one.");
        }
        if (version.proposedBy().equals(by.id())) {
            throw Problem.forbidden("same_person", "Who wrote a version does not approve it. Ask a second person.");
        }
        enter(
                id,
                "standard.approve",
                Map.of("version", (long) version.number(), "digest", version.digest()),
                Map.of(),
                by);
        return rows.find(id).orElseThrow();
    }

    /// The actor has read the version in force.
    ///
    /// @throws Problem 403 for programs, 404 without it, 409 when another version is in force by now
    @Transactional
    public void acknowledge(UUID id, int number, Actor actor) {
        var standard = lists.visible(id, actor);
        if (!actor.id().startsWith("person:")) {
            throw Problem.forbidden("not_a_person", "People say themselves what they have read.");
        }
        if (!standard.inForce() || standard.latest() != number) {
            throw Problem.conflict(
                    "newer_version",
                    standard.inForce()
                            ? "Version " + standard.latest() + " is in force by now. Read that one."
                            : "It is not in force.");
        }
        var known = rows.knowledge(List.of(id), List.of(actor.id())).values().stream()
                .anyMatch(it -> it.read() == number);
        if (!known) {
            enter(id, "standard.acknowledge", Map.of("version", (long) number), Map.of(), actor);
        }
    }

    /// Somebody was taught the version in force.
    ///
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without it, 409
    /// when it is not in force
    @Transactional
    public UUID train(UUID id, NewTraining wanted, Actor by) {
        var standard = locked(id, by);
        if (!standard.inForce()) {
            throw Problem.conflict("not_in_force", "It is not in force: nothing of it can be taught.");
        }
        var faults = new ArrayList<FieldProblem>();
        var person = people.resolve(wanted.person())
                .filter(it -> it.id().startsWith("person:"))
                .orElse(null);
        if (person == null) {
            faults.add(new FieldProblem(
                    "person",
                    wanted.person().isBlank() ? "missing" : "unknown",
                    "Name who was taught: an e-mail address or a name known here."));
        }
        var today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        var held = date(wanted.heldOn());
        if (held == null || held.isAfter(today.plusDays(1))) {
            faults.add(new FieldProblem(
                    "held_on",
                    wanted.heldOn().isBlank() ? "missing" : "not_a_day",
                    "Give the day of the training, not in the future: 2026-03-11."));
        }
        var until = wanted.validUntil().isBlank() ? usual(standard, held) : date(wanted.validUntil());
        if (!wanted.validUntil().isBlank() && (until == null || held != null && until.isBefore(held))) {
            faults.add(new FieldProblem(
                    "valid_until", "not_a_day", "Give a day after the training, or nothing: 2027-03-11."));
        }
        if (wanted.trainer().isBlank()) {
            faults.add(new FieldProblem("trainer", "missing", "Say who taught it: a person, a firm or a course."));
        }
        var trainer = people.resolve(wanted.trainer())
                .filter(it -> it.id().startsWith("person:"))
                .orElse(null);
        if (trainer == null && isNameOfSeveral(wanted.trainer())) {
            faults.add(new FieldProblem(
                    "trainer",
                    "ambiguous",
                    "Several people here have this name. Write the address of the one who taught."));
        }
        if (!faults.isEmpty() || person == null || held == null) {
            throw Problem.badInput(faults);
        }
        PlainText.checked("trainer", wanted.trainer(), LINE);
        var training = Ids.next(now());
        var data = new HashMap<String, Object>(Map.of(
                "training",
                training.toString(),
                "version",
                (long) standard.latest(),
                "person",
                person.id(),
                "held_on",
                held.toString()));
        if (until != null) {
            data.put("valid_until", until.toString());
        }
        if (trainer == null) {
            enter(id, "standard.train", data, Map.of("trainer", wanted.trainer().strip()), by);
        } else {
            data.put("taught_by", trainer.id());
            enter(id, "standard.train", data, Map.of(), by);
        }
        return training;
    }

    private boolean isNameOfSeveral(String trainer) {
        return !trainer.isBlank()
                && people.named(trainer.strip(), NAMESAKES).stream()
                        .anyMatch(person -> person.name().equalsIgnoreCase(trainer.strip()));
    }

    private static @Nullable LocalDate usual(Standard standard, @Nullable LocalDate held) {
        var days = standard.version().trainingDays();
        return held == null || days == 0 ? null : held.plusDays(days);
    }

    /// Nobody owes it any more; what was learned of it stays.
    ///
    /// @throws Problem 403 for who may not, 404 without it, 409 when it is not in force
    @Transactional
    public Standard retire(UUID id, Actor by) {
        var standard = locked(id, by);
        if (!standard.inForce()) {
            throw Problem.conflict("not_in_force", "It is not in force.");
        }
        enter(id, "standard.retire", Map.of("version", (long) standard.latest()), Map.of(), by);
        return rows.find(id).orElseThrow();
    }

    private Standard locked(UUID id, Actor by) {
        keep(lists.visible(id, by).product(), by);
        var _ = database.sql("select 0 from standards.standard where id = :id for update")
                .param("id", id)
                .query((row, number) -> 0)
                .optional();
        return rows.find(id).orElseThrow();
    }

    private void keep(@Nullable String product, Actor actor) {
        if (!lists.keeps(product, actor)) {
            throw Problem.forbidden("role", "Standards are kept by " + roles.titles(Right.COMPONENTS) + ".");
        }
    }

    private void check(Wanted wanted) {
        var faults = new ArrayList<FieldProblem>();
        if (wanted.title().isBlank()) {
            faults.add(new FieldProblem("title", "missing", "Give the standard a title."));
        }
        if (wanted.body().isBlank()) {
            faults.add(new FieldProblem("body", "missing", "Write what the standard says."));
        }
        if (wanted.days() < 1 || wanted.days() > 365) {
            faults.add(new FieldProblem("days", "out_of_range", "Give 1 to 365 days for it to be read."));
        }
        if (wanted.trainingDays() < 0 || wanted.trainingDays() > 3650) {
            faults.add(new FieldProblem(
                    "training_days", "out_of_range", "Give 1 to 3,650 days for which a training counts, or 0."));
        }
        if (!asked.names().containsAll(wanted.roles())) {
            faults.add(new FieldProblem(
                    "roles",
                    "unknown_role",
                    "Choose among the roles "
                            + String.join(", ", asked.names().stream().sorted().toList()) + "."));
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        PlainText.checked("title", wanted.title(), LINE);
        PlainText.checked("body", wanted.body(), BODY);
    }

    private static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException notOne) {
            return null;
        }
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void enter(UUID id, String action, Map<String, Object> data, Map<String, String> content, Actor by) {
        var event = ledger.append(new NewEvent(
                now(),
                by.id(),
                by.via(),
                action,
                StandardsProjection.OBJECT + id,
                1,
                Outcome.SUCCESS,
                "DEV-4",
                null,
                data,
                content));
        StandardsProjection.apply(event, database);
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
