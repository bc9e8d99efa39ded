package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.clock.History.Told;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    static final ItemType BUG = new ItemType(
            "bug",
            "Bug",
            "Bugs",
            "BUG-1",
            "reported",
            List.of("reported", "logged", "in_fix", "resolved", "closed"),
            Set.of("closed", "rejected"),
            Set.of(),
            Set.of(),
            "bug",
            Map.of(),
            Map.of(),
            Stream.of(
                            transition("log", "logged", false),
                            transition("start_fix", "in_fix", false),
                            transition("confirm", "resolved", false),
                            transition("close", "closed", false),
                            transition("reject", "rejected", true),
                            transition("reopen", "logged", true))
                    .collect(Collectors.toMap(Transition::name, Function.identity())),
            List.of(),
            List.of(Histories.FIX));

    private static final Instant MONDAY = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void what_happened_first_comes_first_whenever_it_became_known() {
        var events = List.of(
                reported(1, MONDAY),
                transition(2, MONDAY.plusSeconds(20), "start_fix", "logged", "in_fix"),
                transition(3, MONDAY.plusSeconds(10), "log", "reported", "logged"));

        assertThat(History.of(BUG, events).happenings())
                .extracting(Happening::says)
                .containsExactly("created", "log", "start fix");
    }

    @Test
    void whoever_arrives_at_a_later_station_has_passed_those_between() {
        var jump = transition(2, MONDAY.plusSeconds(10), "", "logged", "closed");

        var names = History.of(BUG, List.of(reported(1, MONDAY), jump))
                .happenings()
                .getLast()
                .names();

        assertThat(names)
                .containsExactlyInAnyOrder(
                        "start_fix", "confirm", "close", "state:in_fix", "state:resolved", "state:closed");
    }

    @Test
    void a_way_back_passes_nothing() {
        var names = History.of(BUG, List.of(transition(2, MONDAY, "send_back", "resolved", "in_fix")))
                .happenings()
                .getLast()
                .names();

        assertThat(names).containsExactlyInAnyOrder("send_back", "state:in_fix");
    }

    @Test
    void a_refused_transition_did_not_happen() {
        var refused = event(
                2, MONDAY, MONDAY, "item.transition", Outcome.DENIED, Map.of("transition", "log", "to", "logged"));

        assertThat(History.of(BUG, List.of(reported(1, MONDAY), refused)).happenings())
                .hasSize(1);
    }

    @Test
    void it_remembers_what_was_told_and_when_the_past_became_known() {
        var warned = event(
                2,
                MONDAY,
                MONDAY,
                "clock.warn",
                Outcome.SUCCESS,
                Map.of("clock", "fix", "round", 1L, "target", "high"));
        var known = MONDAY.plusSeconds(9_000);
        var imported = event(3, MONDAY.plusSeconds(5), known, "item.edit", Outcome.SUCCESS, Map.of());

        var history = History.of(BUG, List.of(reported(1, MONDAY), warned, imported));

        assertThat(history.told()).containsExactly(new Told("clock.warn", "fix", 1, "high"));
        assertThat(history.knownAt()).isEqualTo(known);
    }

    private static Transition transition(String name, String to, boolean back) {
        return new Transition(name, name, Set.of(), to, Set.of(), List.of(), Set.of(), back, null, "BUG-1", List.of());
    }

    static Event reported(long row, Instant at) {
        return event(
                row,
                at,
                at,
                "item.report",
                Outcome.SUCCESS,
                Map.of("state", "reported", "fields", Map.of("severity", "high")));
    }

    static Event transition(long row, Instant at, String name, String from, String to) {
        return event(
                row, at, at, "item.transition", Outcome.SUCCESS, Map.of("transition", name, "from", from, "to", to));
    }

    static Event edited(long row, Instant at, String priority) {
        return event(row, at, at, "item.edit", Outcome.SUCCESS, Map.of("fields", Map.of("priority", priority)));
    }

    private static Event event(
            long row, Instant occurred, Instant recorded, String action, Outcome outcome, Map<String, Object> data) {
        return new Event(
                row,
                null,
                new UUID(0, row),
                occurred,
                recorded,
                "person:1",
                "api",
                action,
                "item:APP-1",
                row,
                outcome,
                null,
                "p",
                data,
                Map.of());
    }
}
