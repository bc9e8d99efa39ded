package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Subjects;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Field;
import dev.conduct.procedure.Nearest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks what somebody writes into an item against its type, and names every mistake at once.
@Component
class FieldChecks {

    static final int TITLE = 300;
    static final int TEXT = 100_000;
    private static final int LINE = 1_000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");
    private static final Set<String> OWNED_BY_THE_SERVER = Set.of(
            "key",
            "type",
            "product",
            "state",
            "reporter",
            "created_at",
            "updated_at",
            "version",
            "procedure_version",
            "due_at");
    private static final Set<String> BESIDE_FIELDS = Set.of("title", "description", "assignee", "comment");

    private final Products products;
    private final People people;
    private final Subjects subjects;

    FieldChecks(Products products, People people, Subjects subjects) {
        this.products = products;
        this.people = people;
        this.subjects = subjects;
    }

    /// @throws Problem 409 when what was personal in the item was erased
    void requireKept(Item item, FieldChanges changes) {
        Kept.require(subjects, item, changes);
    }

    /// Whose fields are written, and by whom.
    ///
    /// @param asked fields that whoever does the act may set, whatever their editors
    /// @param trusted true for history: everything may be set
    record Subject(ItemType type, String product, Actor actor, Set<String> asked, boolean trusted) {}

    /// An empty text takes the value away.
    ///
    /// @throws Problem 400 naming each field that is wrong
    FieldChanges check(Subject subject, Map<String, Object> written) {
        var set = new TreeMap<String, Object>();
        var cleared = new TreeSet<String>();
        var problems = new ArrayList<FieldProblem>();
        written.forEach((name, value) -> {
            if (Kept.SHOWN.equals(value)) {
                // As a form or a program read it: what is kept stays.
                return;
            }
            try {
                var checked = check(subject, name, value);
                if (checked == null) {
                    cleared.add(name);
                } else {
                    set.put(name, checked);
                }
            } catch (Problem wrong) {
                problems.addAll(wrong.errors());
            }
        });
        if (!problems.isEmpty()) {
            throw Problem.badInput(problems);
        }
        return new FieldChanges(subject.type(), set, cleared);
    }

    /// A commit that evidence is bound to is exchanged by a way back only.
    ///
    /// @param asked fields that the transition asks for
    /// @param changes what differs from before
    /// @throws Problem 400 naming the way back
    static void requireUnbound(ItemType type, String state, Collection<String> asked, FieldChanges changes) {
        var problems = new ArrayList<FieldProblem>();
        for (var field : type.fields().values()) {
            var changed =
                    changes.set().containsKey(field.name()) || changes.cleared().contains(field.name());
            if (changed
                    && field.kind() == ItemType.FieldKind.COMMIT
                    && !asked.contains(field.name())
                    && !type.names(field, state)) {
                problems.add(new FieldProblem(
                        "fields." + field.name(),
                        "bound",
                        "stands since it was submitted: evidence is bound to it. " + wayBack(type, field, state)));
            }
        }
        if (!problems.isEmpty()) {
            throw Problem.badInput(problems);
        }
    }

    private static String wayBack(ItemType type, Field commit, String state) {
        return type.transitions().values().stream()
                .filter(way -> way.from().contains(state) && way.to() != null && type.names(commit, way.to()))
                .findFirst()
                .map(way -> "Take \"" + way.title() + "\" first, then name another.")
                .orElse("It is not changed any more.");
    }

    private @Nullable Object check(Subject subject, String name, @Nullable Object value) {
        var field = subject.type().fields().get(name);
        if (field == null) {
            throw unknown(subject.type(), name);
        }
        if (!subject.trusted()
                && !field.outside()
                && !subject.asked().contains(name)
                && !Sight.of(subject.actor()).inside()) {
            throw wrong(field, "not_yours", "is set by those who work here. Write it in the description.");
        }
        if (!subject.trusted()
                && !field.editors().isEmpty()
                && !subject.asked().contains(name)
                && !subject.actor().hasAny(field.editors())) {
            throw wrong(field, "not_yours", "is set by " + words(field.editors()) + " only. Ask one of them.");
        }
        if (value == null || value instanceof String text && text.isBlank()) {
            return null;
        }
        return switch (field.kind()) {
            case CHOICE -> choice(field, text(field, value, LINE));
            case LINE -> line(field, text(field, value, LINE));
            case TEXT -> text(field, value, TEXT);
            case NUMBER -> number(field, value);
            case COMPONENT -> component(subject, field, line(field, text(field, value, 200)));
            case COMMIT -> commit("fields." + name, text(field, value, LINE));
            case PERSON -> person("fields." + name, text(field, value, LINE), subject.actor());
            case DATE -> date(field, text(field, value, LINE));
        };
    }

    private static Problem unknown(ItemType type, String name) {
        var path = "fields." + PlainText.checked("fields", name, LINE);
        if (OWNED_BY_THE_SERVER.contains(name)) {
            return Problem.badInput(path, "server_owned", "is kept by the server and cannot be written.");
        }
        if (BESIDE_FIELDS.contains(name)) {
            return Problem.badInput(path, "unknown_field", "stands beside `fields`, not in it.");
        }
        return Problem.badInput(
                path,
                "unknown_field",
                "is not a field of a " + type.name() + "; "
                        + Nearest.instead(name, type.fields().keySet()) + ".");
    }

    private static String choice(Field field, String value) {
        if (!field.options().contains(value)) {
            throw wrong(
                    field,
                    "not_an_option",
                    "cannot be \"" + shortened(value) + "\"; write one of " + words(field.options()) + ".");
        }
        return value;
    }

    private static String line(Field field, String value) {
        return line("fields." + field.name(), value, LINE);
    }

    static String line(String name, String value, int most) {
        PlainText.checked(name, value, most);
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw Problem.badInput(name, "more_than_a_line", "must be one line.");
        }
        return value;
    }

    private static Object number(Field field, Object value) {
        if (value instanceof Long || value instanceof Integer) {
            var number = ((Number) value).longValue();
            if (Math.abs(number) <= 9_007_199_254_740_991L) {
                return number;
            }
        }
        throw wrong(field, "not_a_number", "must be a whole number between -(2^53-1) and 2^53-1.");
    }

    private String component(Subject subject, Field field, String value) {
        var known = products.components(subject.product());
        return known.stream()
                .filter(component -> component.answersTo(value))
                .map(Products.ProductComponent::name)
                .findFirst()
                .orElseThrow(() -> wrong(
                        field,
                        "unknown_component",
                        known.isEmpty()
                                ? "names a component, but " + subject.product() + " has none yet. Create it first."
                                : "\"" + shortened(value) + "\" is not a component of " + subject.product() + "; "
                                        + Nearest.instead(
                                                value,
                                                known.stream()
                                                        .map(Products.ProductComponent::name)
                                                        .toList())
                                        + "."));
    }

    static String commit(String name, String value) {
        if (!COMMIT.matcher(value).matches()) {
            throw Problem.badInput(name, "not_a_commit", "must be 7 to 64 hexadecimal digits, as git prints them.");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    /// `me`, an actor id, an e-mail address or a unique name; from outside `me` only, which tells of nobody.
    String person(String name, String value, Actor actor) {
        if (value.equals("me")) {
            return actor.id();
        }
        return resolved(name, value, actor).id();
    }

    /// Somebody who can still act, or who has it already.
    String assignee(String value, @Nullable String now, Actor actor) {
        if (value.equals("me")) {
            return actor.id();
        }
        var person = resolved("assignee", value, actor);
        if (!person.active() && !person.id().equals(now)) {
            throw Problem.badInput(
                    "assignee", "inactive_person", "names somebody who cannot sign in here. Choose somebody else.");
        }
        return person.id();
    }

    private People.Person resolved(String name, String value, Actor actor) {
        PlainText.checked(name, value, LINE);
        var person = Sight.of(actor).inside() ? people.resolve(value) : Optional.<People.Person>empty();
        return person.orElseThrow(() -> Problem.badInput(
                name, "unknown_person", "names nobody here, or several. Write an id, an e-mail address or `me`."));
    }

    private static String date(Field field, String value) {
        try {
            return LocalDate.parse(value).toString();
        } catch (DateTimeParseException notADate) {
            throw wrong(field, "not_a_date", "must be a date such as 2026-11-23.");
        }
    }

    private static String text(Field field, Object value, int most) {
        if (!(value instanceof String text)) {
            throw wrong(field, "not_a_text", "must be a text.");
        }
        if (field.kept() && text.contains(Kept.SHOWN)) {
            throw wrong(field, "kept", "still holds the dots that stand for the old value. Write it whole.");
        }
        return PlainText.checked("fields." + field.name(), text, most);
    }

    private static Problem wrong(Field field, String code, String says) {
        return Problem.badInput("fields." + field.name(), code, says);
    }

    private static String shortened(String value) {
        return value.length() > 60
                ? value.substring(0, value.offsetByCodePoints(0, Math.min(40, value.codePointCount(0, value.length()))))
                        + "…"
                : value;
    }

    private static String words(java.util.Collection<String> names) {
        return names instanceof List<String> ordered
                ? String.join(", ", ordered)
                : names.stream().sorted().collect(java.util.stream.Collectors.joining(", "));
    }
}
