package dev.conduct.procedure;

import dev.conduct.kernel.Right;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What changed between two versions of a procedure, in words. Nothing that judges differently goes unsaid: a part
/// that changed in a way no finer sentence names is said to have changed.
public final class PackDiff {

    /// @param change added, removed or changed
    /// @param part clause, role, parameter, calendar, schedule, evidence, type, field, state, transition, gate,
    ///     clock
    /// @param name of the part, `bug.approve_review.reviewed_by_another`
    /// @param says one sentence
    public record Change(String change, String part, String name, String says) {}

    private final List<Change> changes = new ArrayList<>();

    private PackDiff() {}

    public static List<Change> of(Procedure before, Procedure after) {
        var diff = new PackDiff();
        diff.parts("clause", "", before.clauses(), after.clauses(), (old, now) -> {
            diff.word("clause", now.id(), "title", old.title(), now.title());
            diff.word("clause", now.id(), "text", old.text(), now.text());
            diff.word("clause", now.id(), "place", old.chapter() + " " + old.ref(), now.chapter() + " " + now.ref());
            diff.word("clause", now.id(), "wanted controls", words(old.controls()), words(now.controls()));
        });
        diff.parts("role", "", before.roles(), after.roles(), (old, now) -> {
            diff.word("role", now.name(), "title", old.title(), now.title());
            diff.word("role", now.name(), "meaning", old.means(), now.means());
            diff.word("role", now.name(), "rights", rights(old), rights(now));
            diff.word("role", now.name(), "standing outside", "" + old.outside(), "" + now.outside());
        });
        diff.parts("parameter", "", before.parameters(), after.parameters(), (old, now) -> {
            diff.word("parameter", now.name(), "value", shown(old.value()), shown(now.value()));
            diff.word("parameter", now.name(), "meaning", old.means(), now.means());
        });
        diff.parts("calendar", "", before.calendars(), after.calendars(), (old, now) -> {
            diff.word(
                    "calendar",
                    now.name(),
                    "zone",
                    old.zone().getId(),
                    now.zone().getId());
            diff.word(
                    "calendar",
                    now.name(),
                    "hours",
                    old.hours().toString(),
                    now.hours().toString());
            diff.word("calendar", now.name(), "holidays", days(old), days(now));
            diff.word("calendar", now.name(), "always", "" + old.always(), "" + now.always());
        });
        diff.parts("schedule", "", before.schedules(), after.schedules(), (old, now) -> {
            diff.word(
                    "schedule",
                    now.name(),
                    "first moment",
                    old.first() + " " + old.zone(),
                    now.first() + " " + now.zone());
            diff.word(
                    "schedule",
                    now.name(),
                    "recurrence",
                    old.every().toString(),
                    now.every().toString());
        });
        diff.parts("evidence", "", before.evidenceKinds(), after.evidenceKinds(), (old, now) -> {
            diff.word("evidence", now.name(), "title", old.title(), now.title());
            diff.word("evidence", now.name(), "clause", old.clause(), now.clause());
            diff.word("evidence", now.name(), "passing words", words(old.passes()), words(now.passes()));
            diff.word("evidence", now.name(), "failing words", words(old.fails()), words(now.fails()));
            diff.word("evidence", now.name(), "roles", sorted(old.roles()), sorted(now.roles()));
            diff.word("evidence", now.name(), "bond to the commit", "" + old.bound(), "" + now.bound());
            diff.word("evidence", now.name(), "beginning", text(old.since()), text(now.since()));
            diff.word("evidence", now.name(), "age", age(old), age(now));
        });
        diff.parts("type", "", before.types(), after.types(), diff::type);
        diff.word(
                "pack",
                "in_flight",
                "rule for work in flight",
                before.inFlight().moves() ? "move" : "stay",
                after.inFlight().moves() ? "move" : "stay");
        return List.copyOf(diff.changes);
    }

    private void type(ItemType old, ItemType now) {
        var name = now.name();
        var prefix = name + ".";
        word("type", name, "title", old.title() + " / " + old.plural(), now.title() + " / " + now.plural());
        word("type", name, "clause", old.clause(), now.clause());
        word("type", name, "first state", old.initial(), now.initial());
        word("type", name, "line", words(old.line()), words(now.line()));
        word("type", name, "ended states", sorted(old.ended()), sorted(now.ended()));
        word("type", name, "reporters", sorted(old.reporters()), sorted(now.reporters()));
        word("type", name, "assignable roles", sorted(old.assignable()), sorted(now.assignable()));
        word("type", name, "how one is begun", old.begin(), now.begin());
        word("type", name, "symbol", old.icon(), now.icon());
        word(
                "type",
                name,
                "who restricts",
                sorted(old.restriction().by()),
                sorted(now.restriction().by()));
        word(
                "type",
                name,
                "who reads restricted ones",
                sorted(old.restriction().readers()),
                sorted(now.restriction().readers()));
        parts("field", prefix, old.fields(), now.fields(), (was, is) -> {
            word("field", prefix + is.name(), "title", was.title(), is.title());
            word(
                    "field",
                    prefix + is.name(),
                    "kind",
                    was.kind().name(),
                    is.kind().name());
            word("field", prefix + is.name(), "options", words(was.options()), words(is.options()));
            word("field", prefix + is.name(), "being required", "" + was.required(), "" + is.required());
            word("field", prefix + is.name(), "editors", sorted(was.editors()), sorted(is.editors()));
            word("field", prefix + is.name(), "help", text(was.help()), text(is.help()));
            word("field", prefix + is.name(), "reading", meaning(was), meaning(is));
            word("field", prefix + is.name(), "being read outside", "" + was.outside(), "" + is.outside());
            word("field", prefix + is.name(), "keeping", keeping(was), keeping(is));
            word("field", prefix + is.name(), "readers", sorted(was.readers()), sorted(is.readers()));
            word("field", prefix + is.name(), "restricting options", sorted(was.restricts()), sorted(is.restricts()));
        });
        parts("state", prefix, old.states(), now.states(), (was, is) -> {
            word("state", prefix + is.name(), "title", was.title(), is.title());
            word("state", prefix + is.name(), "meaning", was.means(), is.means());
        });
        parts("transition", prefix, old.transitions(), now.transitions(), (was, is) -> transition(prefix, was, is));
        gates(prefix + "report.", old.onCreate(), now.onCreate());
        var clocksBefore = old.clocks().stream().collect(Collectors.toMap(ItemType.ClockRule::name, it -> it));
        var clocksNow = now.clocks().stream().collect(Collectors.toMap(ItemType.ClockRule::name, it -> it));
        parts("clock", prefix, clocksBefore, clocksNow, (was, is) -> clock(prefix + is.name(), was, is));
    }

    private static String keeping(ItemType.Field field) {
        var keeping = field.keeping();
        return keeping == null ? "open" : keeping.word();
    }

    private static String rights(Procedure.Role role) {
        return sorted(role.rights().stream().map(Right::word).collect(Collectors.toSet()));
    }

    private static String meaning(ItemType.Field field) {
        return field.meaning() == null ? "" : field.meaning().word();
    }

    private void transition(String prefix, ItemType.Transition old, ItemType.Transition now) {
        var name = prefix + now.name();
        word("transition", name, "title", old.title(), now.title());
        word("transition", name, "states it leads from", sorted(old.from()), sorted(now.from()));
        word("transition", name, "state it leads to", text(old.to()), text(now.to()));
        word("transition", name, "roles", sorted(old.roles()), sorted(now.roles()));
        word("transition", name, "credit", text(old.credit()), text(now.credit()));
        word("transition", name, "questions", words(old.asks()), words(now.asks()));
        word("transition", name, "what it makes void", sorted(old.voids()), sorted(now.voids()));
        word("transition", name, "being a way back", "" + old.back(), "" + now.back());
        word("transition", name, "restricting", "" + old.restricts(), "" + now.restricts());
        word("transition", name, "clause", old.clause(), now.clause());
        gates(name + ".", old.gates(), now.gates());
    }

    private void gates(String prefix, List<ItemType.Gate> old, List<ItemType.Gate> now) {
        var before = old.stream().collect(Collectors.toMap(ItemType.Gate::name, it -> it));
        var after = now.stream().collect(Collectors.toMap(ItemType.Gate::name, it -> it));
        parts("gate", prefix, before, after, (was, is) -> {
            var name = prefix + is.name();
            word("gate", name, "mode", Modes.word(was.mode()), Modes.word(is.mode()));
            word("gate", name, "rule", was.rule(), is.rule());
            word("gate", name, "people who do not count", words(was.otherThan()), words(is.otherThan()));
            word("gate", name, "condition", text(was.when()), text(is.when()));
            word("gate", name, "clause", was.clause(), is.clause());
            word("gate", name, "kind", was.kind().word(), is.kind().word());
            word("gate", name, "title", was.title(), is.title());
            word("gate", name, "sentence", was.says(), is.says());
            word("gate", name, "remedy", was.fix(), is.fix());
            word("gate", name, "exceptions", sorted(was.overridableBy()), sorted(is.overridableBy()));
        });
    }

    private void clock(String name, ItemType.ClockRule old, ItemType.ClockRule now) {
        word("clock", name, "title", old.title(), now.title());
        word("clock", name, "clause", old.clause(), now.clause());
        word("clock", name, "fields", words(old.byField()), words(now.byField()));
        word("clock", name, "start", sorted(old.start()), sorted(now.start()));
        word("clock", name, "pause", sorted(old.pause()), sorted(now.pause()));
        word("clock", name, "resumption", sorted(old.resume()), sorted(now.resume()));
        word("clock", name, "stop", sorted(old.stop()), sorted(now.stop()));
        word("clock", name, "escalation", sorted(old.escalateTo()), sorted(now.escalateTo()));
        var values = new LinkedHashSet<>(old.targets().keySet());
        values.addAll(now.targets().keySet());
        for (var value : values) {
            word(
                    "clock",
                    name,
                    "target for " + value,
                    target(old.targets().get(value)),
                    target(now.targets().get(value)));
        }
    }

    private static String target(ItemType.@Nullable Target target) {
        if (target == null) {
            return "none";
        }
        var due = target.hard() == null ? "next " + target.schedule() : Spans.text(target.hard());
        var warned = target.soft() == null ? "" : ", warned after " + Spans.text(target.soft());
        return due + warned + ", hours: " + target.calendar();
    }

    private <V> void parts(String part, String prefix, Map<String, V> old, Map<String, V> now, BiConsumer<V, V> both) {
        for (var name : old.keySet()) {
            if (!now.containsKey(name)) {
                changes.add(
                        new Change("removed", part, prefix + name, "The " + part + " " + prefix + name + " is gone."));
            }
        }
        now.forEach((name, value) -> {
            var was = old.get(name);
            if (was == null) {
                changes.add(new Change("added", part, prefix + name, "The " + part + " " + prefix + name + " is new."));
            } else {
                both.accept(was, value);
            }
        });
    }

    private void word(String part, String name, String what, String old, String now) {
        if (!old.equals(now)) {
            changes.add(new Change(
                    "changed",
                    part,
                    name,
                    "The " + part + " " + name + ": " + what + " was " + quoted(old) + ", is " + quoted(now) + "."));
        }
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : "\"" + text + "\"";
    }

    private static String words(Collection<String> words) {
        return String.join(", ", words);
    }

    private static String sorted(Collection<String> words) {
        return words.stream().sorted().collect(Collectors.joining(", "));
    }

    private static String days(Procedure.CalendarRule calendar) {
        return calendar.holidays().stream().sorted().map(Objects::toString).collect(Collectors.joining(", "));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String shown(Object value) {
        return switch (value) {
            case Duration span -> Spans.text(span);
            case List<?> list -> list.stream().map(Objects::toString).collect(Collectors.joining(", "));
            default -> value.toString();
        };
    }

    private static String age(Procedure.EvidenceKind kind) {
        return kind.age() == null ? "any" : Spans.text(kind.age());
    }
}
