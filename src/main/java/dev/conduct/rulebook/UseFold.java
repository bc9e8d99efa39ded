package dev.conduct.rulebook;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What sealed events say about the rules: pure, from where items stood before to what is to be added.
///
/// Imported history was not judged here: it moves items, and counts for no rule. A gate that is asked only under a
/// condition counts where it was missing: an event does not say whether the condition held when nothing was.
final class UseFold {

    private static final String ITEM = "item:";
    private static final String REPORT = "report";

    /// @param state where it stands, by the words of the version it moved under
    record Standing(String type, String state, Instant since) {}

    record Day(String clause, String control, LocalDate day) {}

    record Deviation(long entry, String clause, String control, String item, String how, Instant at) {}

    record Stay(long entry, String type, String state, Instant leftAt, long seconds) {}

    private final Function<String, @Nullable Procedure> procedures;
    final Map<String, Standing> standings;
    final Map<Day, RuleUse> uses = new LinkedHashMap<>();
    final List<Deviation> deviations = new ArrayList<>();
    final List<Stay> stays = new ArrayList<>();

    /// @param procedures by version, null for one that is not known here
    /// @param standings where the items of these events stand, by key; changed as they move
    UseFold(Function<String, @Nullable Procedure> procedures, Map<String, Standing> standings) {
        this.procedures = procedures;
        this.standings = standings;
    }

    static Stream<String> items(List<Event> events) {
        return events.stream()
                .map(Event::object)
                .filter(it -> it.startsWith(ITEM))
                .map(UseFold::key)
                .distinct();
    }

    void add(Event event) {
        switch (event.action()) {
            case "item.report" -> reported(event);
            case "item.transition" -> moved(event);
            case "item.migrate" -> migrated(event);
            case "clock.breach" -> overrun(event);
            default -> {}
        }
    }

    private void reported(Event event) {
        var name = text(event, "type");
        if (event.outcome() == Outcome.DENIED) {
            refused(event, name, REPORT);
            return;
        }
        var type = type(event, name);
        var state = event.data().get("state") instanceof String at ? at : type == null ? "" : type.initial();
        standings.put(key(event.object()), new Standing(name, state, event.occurredAt()));
        judged(event, name, REPORT, type == null ? List.of() : type.onCreate());
    }

    private void moved(Event event) {
        var item = key(event.object());
        var before = standings.get(item);
        if (before == null) {
            return;
        }
        var name = text(event, "transition");
        if (event.outcome() == Outcome.DENIED) {
            refused(event, before.type(), name);
            return;
        }
        var to = text(event, "to");
        if (!to.isEmpty() && !to.equals(before.state())) {
            var stood = Duration.between(before.since(), event.occurredAt()).toSeconds();
            stays.add(new Stay(entry(event), before.type(), before.state(), event.occurredAt(), Math.max(0, stood)));
            standings.put(item, new Standing(before.type(), to, event.occurredAt()));
        }
        var type = type(event, before.type());
        var transition = type == null ? null : type.transitions().get(name);
        judged(event, before.type(), name, transition == null ? List.of() : transition.gates());
    }

    /// The same place by other words.
    private void migrated(Event event) {
        var to = text(event, "to");
        if (!to.isEmpty()) {
            standings.computeIfPresent(key(event.object()), (item, it) -> new Standing(it.type(), to, it.since()));
        }
    }

    private void overrun(Event event) {
        var item = key(event.object());
        var standing = standings.get(item);
        var clause = event.clause();
        if (standing == null || clause == null) {
            return;
        }
        var control = RuleUse.clock(standing.type(), text(event, "clock"));
        count(event, new RuleUse(clause, control, 0, 0, 0, 0, 1));
        deviations.add(new Deviation(entry(event), clause, control, item, "overrun", event.occurredAt()));
    }

    private void refused(Event event, String type, String transition) {
        for (var reason : entries(event, "blocked_by")) {
            count(event, new RuleUse(word(reason, "clause"), control(type, transition, reason), 0, 1, 0, 0, 0));
        }
    }

    private void judged(Event event, String type, String transition, List<ItemType.Gate> gates) {
        if (event.via().equals("import")) {
            return;
        }
        var missing = entries(event, "deviations");
        for (var deviation : missing) {
            var how = word(deviation, "mode");
            var clause = word(deviation, "clause");
            var control = control(type, transition, deviation);
            var overridden = how.equals("overridden") ? 1 : 0;
            count(event, new RuleUse(clause, control, 0, 0, 1 - overridden, overridden, 0));
            deviations.add(new Deviation(entry(event), clause, control, key(event.object()), how, event.occurredAt()));
        }
        var names = missing.stream().map(it -> word(it, "gate")).collect(Collectors.toSet());
        gates.stream()
                .filter(gate -> gate.when() == null && !names.contains(gate.name()))
                .forEach(gate -> count(
                        event, new RuleUse(gate.clause(), RuleUse.gate(type, transition, gate.name()), 1, 0, 0, 0, 0)));
    }

    private void count(Event event, RuleUse use) {
        var day = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
        uses.merge(new Day(use.clause(), use.control(), day), use, RuleUse::plus);
    }

    private @Nullable ItemType type(Event event, String name) {
        var version = event.procedure();
        var procedure = version == null ? null : procedures.apply(version);
        return procedure == null ? null : procedure.types().get(name);
    }

    private static long entry(Event event) {
        return Objects.requireNonNull(event.entry(), "a sealed event has its place in the tree");
    }

    private static String control(String type, String transition, Map<?, ?> reason) {
        return RuleUse.gate(type, transition, word(reason, "gate"));
    }

    private static List<Map<?, ?>> entries(Event event, String name) {
        return event.data().get(name) instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(it -> (Map<?, ?>) it).toList()
                : List.of();
    }

    private static String key(String object) {
        return object.substring(object.indexOf(':') + 1);
    }

    private static String text(Event event, String name) {
        return word(event.data(), name);
    }

    private static String word(Map<?, ?> values, String name) {
        return values.get(name) instanceof String text ? text : "";
    }
}
