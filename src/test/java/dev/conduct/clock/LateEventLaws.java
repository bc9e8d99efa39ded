package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Events may become known in any order; what a clock shows depends on when things happened alone.
class LateEventLaws {

    private static final Instant START = Instant.parse("2026-03-27T12:00:00Z");

    @Property(tries = 500)
    void in_whatever_order_events_become_known_the_clock_ends_up_the_same(
            @ForAll("arrivals") List<Event> arrivals, @ForAll("nows") Instant now) {
        var known = new ArrayList<Event>();
        List<ClockReading> kept = List.of();
        for (var arrival : arrivals) {
            known.add(arrival);
            kept = readings(known, now);
        }

        var inOrder = arrivals.stream()
                .sorted(Comparator.comparing(Event::occurredAt))
                .toList();

        assertThat(faces(kept)).isEqualTo(faces(readings(inOrder, now)));
    }

    @Property(tries = 300)
    void what_happens_later_does_not_change_what_was(
            @ForAll("arrivals") List<Event> arrivals, @ForAll("nows") Instant now) {
        var until = arrivals.stream()
                .filter(event -> !event.occurredAt().isAfter(now))
                .toList();

        assertThat(faces(readings(arrivals, now))).isEqualTo(faces(readings(until, now)));
    }

    private static List<ClockReading> readings(List<Event> events, Instant now) {
        return Histories.readings(
                Histories.FIX, History.of(HistoryTest.BUG, events).happenings(), now);
    }

    /// Everything a reading says, the explanation included.
    private static List<Object> faces(List<ClockReading> readings) {
        return readings.stream()
                .<Object>map(reading -> List.of(
                        reading.round(),
                        reading.state(),
                        reading.elapsed(),
                        String.valueOf(reading.dueAt()),
                        String.valueOf(reading.warnAt()),
                        String.valueOf(reading.breachAt()),
                        reading.segments()))
                .toList();
    }

    @Provide
    Arbitrary<List<Event>> arrivals() {
        var kinds = Arbitraries.of("reject", "reopen", "confirm", "close", "critical", "high", "medium", "low");
        // Each at a second of its own: of two at one instant the ledger's order decides, which is the order of arrival.
        var later = Combinators.combine(Arbitraries.longs().between(1, 6 * 24 * 3600), kinds)
                .as((second, kind) -> event(second, kind));
        return later.list()
                .uniqueElements(Event::occurredAt)
                .ofMaxSize(10)
                .map(events -> {
                    var all = new ArrayList<>(events);
                    all.addFirst(HistoryTest.reported(0, START));
                    return all;
                })
                .flatMap(events -> Arbitraries.shuffle(List.copyOf(events)));
    }

    private static Event event(long second, String kind) {
        var at = START.plusSeconds(second);
        return switch (kind) {
            case "reject" -> HistoryTest.transition(second, at, kind, "in_fix", "rejected");
            case "reopen" -> HistoryTest.transition(second, at, kind, "resolved", "logged");
            case "confirm" -> HistoryTest.transition(second, at, kind, "in_fix", "resolved");
            case "close" -> HistoryTest.transition(second, at, kind, "logged", "closed");
            default -> HistoryTest.edited(second, at, kind);
        };
    }

    @Provide
    Arbitrary<Instant> nows() {
        return Arbitraries.longs().between(0, 7 * 24 * 3600).map(START::plusSeconds);
    }
}
