package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Exceptions and follow-ups from nothing but the events, to hold the tables to.
final class OverrideFold {

    private final Map<UUID, GateOverride> overrides = new LinkedHashMap<>();
    private final Map<UUID, Duty> duties = new LinkedHashMap<>();

    static OverrideFold of(String item, List<Event> events) {
        var fold = new OverrideFold();
        events.stream().filter(event -> event.outcome() == Outcome.SUCCESS).forEach(event -> fold.take(item, event));
        return fold;
    }

    List<GateOverride> overrides() {
        return List.copyOf(overrides.values());
    }

    List<Duty> duties() {
        return List.copyOf(duties.values());
    }

    private void take(String item, Event event) {
        var by = event.actor();
        var at = event.occurredAt();
        switch (event.action()) {
            case "override.ask" ->
                overrides.put(
                        id(event, "override"),
                        new GateOverride(
                                id(event, "override"),
                                item,
                                text(event, "transition"),
                                text(event, "gate"),
                                String.valueOf(event.clause()),
                                GateOverride.State.ASKED,
                                event.content().get("reason"),
                                by,
                                at,
                                null,
                                null,
                                null,
                                moment(event, "ends_at")));
            case "override.approve" -> become(event, GateOverride.State.APPROVED, by, at, moment(event, "ends_at"));
            case "override.decline" -> become(event, GateOverride.State.DECLINED, by, at, null);
            case "override.expire" ->
                overrides.computeIfPresent(
                        id(event, "override"), (id, was) -> standing(was, GateOverride.State.EXPIRED));
            case "item.transition" -> {
                if (event.data().get("voids") != null) {
                    overrides.replaceAll((id, was) -> running(was) ? standing(was, GateOverride.State.VOIDED) : was);
                }
            }
            case "duty.owe" ->
                duties.put(
                        id(event, "duty"),
                        new Duty(
                                id(event, "duty"),
                                item,
                                text(event, "transition"),
                                text(event, "gate"),
                                String.valueOf(event.clause()),
                                (String) event.data().get("evidence"),
                                text(event, "owed_by"),
                                at,
                                moment(event, "due_at"),
                                false,
                                null,
                                null,
                                null));
            case "duty.overdue" -> duty(event, true, null, null, null);
            case "duty.settle" -> duty(event, false, by, at, event.content().get("note"));
            default -> {}
        }
    }

    private static boolean running(GateOverride was) {
        return was.state() == GateOverride.State.ASKED || was.state() == GateOverride.State.APPROVED;
    }

    private void become(Event event, GateOverride.State state, String by, Instant at, @Nullable Instant ends) {
        overrides.computeIfPresent(
                id(event, "override"),
                (id, was) -> new GateOverride(
                        id,
                        was.item(),
                        was.transition(),
                        was.gate(),
                        was.clause(),
                        state,
                        was.reason(),
                        was.askedBy(),
                        was.askedAt(),
                        by,
                        at,
                        event.content().get("note"),
                        ends == null ? was.endsAt() : ends));
    }

    private static GateOverride standing(GateOverride was, GateOverride.State state) {
        return new GateOverride(
                was.id(),
                was.item(),
                was.transition(),
                was.gate(),
                was.clause(),
                state,
                was.reason(),
                was.askedBy(),
                was.askedAt(),
                was.decidedBy(),
                was.decidedAt(),
                was.note(),
                was.endsAt());
    }

    private void duty(Event event, boolean overdue, @Nullable String by, @Nullable Instant at, @Nullable String note) {
        duties.computeIfPresent(
                id(event, "duty"),
                (id, was) -> new Duty(
                        id,
                        was.item(),
                        was.transition(),
                        was.gate(),
                        was.clause(),
                        was.evidence(),
                        was.owedBy(),
                        was.owedAt(),
                        was.dueAt(),
                        was.overdue() || overdue,
                        by,
                        at,
                        note));
    }

    private static UUID id(Event event, String name) {
        return UUID.fromString(text(event, name));
    }

    private static Instant moment(Event event, String name) {
        return Instant.parse(text(event, name));
    }

    private static String text(Event event, String name) {
        return String.valueOf(event.data().get(name));
    }
}
