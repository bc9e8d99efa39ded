package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.clock.ClockReading.Segment;
import dev.conduct.clock.ClockReading.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Laws over random histories around a change of daylight saving (29 March) and a holiday (6 April), in whole minutes
/// so that a slow second count by the wall clock can follow.
class ClockReadingLaws {

    private static final Instant START = Instant.parse("2026-03-27T12:00:00Z");
    private static final long DAYS = 12;

    @Property(tries = 500)
    void the_segments_leave_no_gap_and_add_up(
            @ForAll("histories") List<Happening> history, @ForAll("nows") Instant now) {
        for (var reading : Histories.readings(Histories.FIX, history, now)) {
            var segments = reading.segments();

            assertThat(segments.getFirst().from()).isEqualTo(reading.startedAt());
            assertThat(segments.getLast().to()).isEqualTo(reading.endedAt() == null ? now : reading.endedAt());
            for (var i = 1; i < segments.size(); i++) {
                assertThat(segments.get(i).from()).isEqualTo(segments.get(i - 1).to());
            }
            assertThat(segments.stream().map(Segment::elapsed).reduce(Duration.ZERO, Duration::plus))
                    .isEqualTo(reading.elapsed());
            assertThat(segments).allMatch(segment -> !segment.why().isBlank());
        }
    }

    @Property(tries = 200)
    void it_counts_what_somebody_with_a_wall_clock_would_count(
            @ForAll("histories") List<Happening> history, @ForAll("nows") Instant now) {
        var counted = Histories.readings(Histories.FIX, history, now).stream()
                .map(ClockReading::elapsed)
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(counted).isEqualTo(Duration.ofMinutes(minutesByHand(history, now)));
    }

    @Property(tries = 500)
    void nothing_changes_before_the_moment_it_says_and_something_does_then(
            @ForAll("histories") List<Happening> history, @ForAll("nows") Instant now) {
        var past = history.stream()
                .filter(happening -> !happening.at().isAfter(now))
                .toList();
        for (var reading : Histories.readings(Histories.FIX, past, now)) {
            var change = reading.nextChange(now);
            if (change == null) {
                continue;
            }
            var before = again(past, reading, change.minusMillis(1));
            var after = again(past, reading, change);

            assertThat(before.state()).isEqualTo(reading.state());
            assertThat(before.dueAt()).isEqualTo(reading.dueAt());
            assertThat(after.state() != reading.state()
                            || change.equals(reading.warnAt())
                            || change.equals(reading.breachAt()))
                    .isTrue();
        }
    }

    @Property(tries = 500)
    void it_is_late_exactly_when_more_has_elapsed_than_allowed(
            @ForAll("histories") List<Happening> history, @ForAll("nows") Instant now) {
        for (var reading : Histories.readings(Histories.FIX, history, now)) {
            var target = reading.target();
            if (target == null || target.hard() == null || reading.state() == State.CANCELLED) {
                continue;
            }
            var tooMuch = reading.elapsed().compareTo(target.hard()) > 0;
            var late = reading.state() == State.OVERRUN || reading.state() == State.MISSED;

            assertThat(reading.state() == State.PAUSED || late == tooMuch || usedUpAtClosing(reading))
                    .isTrue();
        }
    }

    /// What counts used up to the millisecond at closing time is late from then on, though nothing more counts.
    private static boolean usedUpAtClosing(ClockReading reading) {
        var target = java.util.Objects.requireNonNull(reading.target());
        return reading.elapsed().equals(target.hard());
    }

    private static ClockReading again(List<Happening> history, ClockReading reading, Instant at) {
        return Histories.readings(Histories.FIX, history, at).stream()
                .filter(other -> other.round() == reading.round())
                .findFirst()
                .orElseThrow();
    }

    /// The rule FIX, told again as simply as can be: minute by minute.
    private static long minutesByHand(List<Happening> history, Instant now) {
        var waiting = new ArrayList<>(history);
        var counted = 0L;
        var phase = "idle";
        var fields = new java.util.HashMap<String, Object>();
        for (var minute = START; minute.isBefore(now); minute = minute.plusSeconds(60)) {
            while (!waiting.isEmpty() && !waiting.getFirst().at().isAfter(minute)) {
                var happening = waiting.removeFirst();
                fields.putAll(happening.fields());
                phase = switch (happening.says()) {
                    case "created", "reopen" -> "running";
                    case "reject" -> phase.equals("running") ? "paused" : phase;
                    case "confirm" -> "idle";
                    default -> phase;
                };
            }
            var deciding = fields.getOrDefault("priority", fields.get("severity"));
            var local = minute.atZone(Calendars.BERLIN.zone());
            var office = local.getDayOfWeek().getValue() <= 5
                    && !Calendars.BERLIN.holidays().contains(local.toLocalDate())
                    && local.getHour() >= 9
                    && local.getHour() < 17;
            if (phase.equals("running") && (!"medium".equals(deciding) || office)) {
                counted++;
            }
        }
        return counted;
    }

    @Provide
    Arbitrary<List<Happening>> histories() {
        var severities = Arbitraries.of("critical", "high", "medium", "low");
        var minutes = Arbitraries.longs().between(0, (DAYS - 1) * 24 * 60);
        var acts = Combinators.combine(
                        minutes, Arbitraries.of("edit", "reject", "reopen", "confirm", "start_fix"), severities)
                .as((minute, act, severity) -> act(START.plusSeconds(minute * 60), act, severity));
        return Combinators.combine(severities, acts.list().ofMaxSize(8)).as((severity, happenings) -> {
            var history = new ArrayList<Happening>();
            history.add(Histories.created(START, severity));
            happenings.stream()
                    .sorted((one, other) -> one.at().compareTo(other.at()))
                    .forEach(history::add);
            return history;
        });
    }

    private static Happening act(Instant at, String act, String severity) {
        return switch (act) {
            case "edit" -> Histories.edited(at, Map.of("priority", severity));
            case "reject" -> Histories.moved(at, act, "rejected", Map.of());
            case "reopen" -> Histories.moved(at, act, "logged", Map.of());
            case "confirm" -> Histories.moved(at, act, "resolved", Map.of());
            default -> Histories.moved(at, act, "in_fix", Map.of());
        };
    }

    @Provide
    Arbitrary<Instant> nows() {
        return Arbitraries.longs().between(0, DAYS * 24 * 60).map(minute -> START.plusSeconds(minute * 60));
    }
}
