package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.conduct.clock.ClockReading.Segment;
import dev.conduct.clock.ClockReading.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockReadingTest {

    private static final Instant MONDAY_NINE = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void it_runs_then_is_at_risk_then_overruns() {
        var history = List.of(Histories.created(MONDAY_NINE, "high"));

        assertThat(fix(history, hours(1)).state()).isEqualTo(State.RUNNING);
        assertThat(fix(history, hours(36)).state()).isEqualTo(State.AT_RISK);
        assertThat(fix(history, hours(48)).state()).isEqualTo(State.AT_RISK);
        assertThat(fix(history, hours(48).plusMillis(1)).state()).isEqualTo(State.OVERRUN);
        assertThat(fix(history, hours(1)).dueAt()).isEqualTo(hours(48));
        assertThat(fix(history, hours(1)).softDueAt()).isEqualTo(hours(24));
        assertThat(fix(history, hours(1)).warnAt()).isEqualTo(hours(24).plusMillis(1));
    }

    @Test
    void the_last_hour_is_at_risk_when_it_comes_before_the_last_quarter() {
        var history = List.of(Histories.created(MONDAY_NINE, "critical"));

        assertThat(fix(history, MONDAY_NINE).riskAt()).isEqualTo(hours(3));
        assertThat(Histories.readings(Histories.ACKNOWLEDGE, history, MONDAY_NINE))
                .singleElement()
                .extracting(ClockReading::state)
                .isEqualTo(State.AT_RISK);
    }

    @Test
    void a_change_of_priority_measures_the_same_elapsed_time_by_the_new_target() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "high"),
                Histories.moved(hours(2), "triage", "triaged", Map.of("priority", "high")),
                Histories.edited(hours(3), Map.of("priority", "critical")));

        var fix = fix(history, hours(3).plusSeconds(1));

        assertThat(fix.elapsed()).isEqualTo(Duration.ofHours(3).plusSeconds(1));
        assertThat(fix.dueAt()).isEqualTo(hours(4));
        assertThat(fix.segments())
                .extracting(Segment::running, Segment::why)
                .containsExactly(
                        tuple(true, "started: created, target 24 h, at most 48 h"),
                        tuple(true, "priority changed from high to critical: target 4 h"));
    }

    @Test
    void a_target_already_used_up_when_it_is_set_is_broken_from_that_moment() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "high"), Histories.edited(hours(10), Map.of("priority", "critical")));

        var fix = fix(history, hours(11));

        assertThat(fix.state()).isEqualTo(State.OVERRUN);
        assertThat(fix.dueAt()).isEqualTo(hours(4));
        assertThat(fix.breachAt()).isEqualTo(hours(10));
        assertThat(fix.warnAt()).isNull();
    }

    @Test
    void a_pause_stands_and_resuming_goes_on_with_what_had_elapsed() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "critical"),
                Histories.moved(hours(1), "reject", "rejected", Map.of()),
                Histories.moved(hours(100), "reopen", "logged", Map.of()));

        var paused = fix(history, hours(50));
        var resumed = fix(history, hours(101));

        assertThat(paused.state()).isEqualTo(State.PAUSED);
        assertThat(paused.dueAt()).isNull();
        assertThat(paused.segments().getLast().why()).isEqualTo("paused: reject");
        assertThat(resumed.round()).isEqualTo(1);
        assertThat(resumed.elapsed()).isEqualTo(Duration.ofHours(2));
        assertThat(resumed.dueAt()).isEqualTo(hours(103));
    }

    @Test
    void starting_again_after_a_stop_is_a_new_round() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "critical"),
                Histories.moved(hours(4), "confirm", "resolved", Map.of()),
                Histories.moved(hours(10), "reopen", "logged", Map.of()));

        var rounds = Histories.readings(Histories.FIX, history, hours(11));

        assertThat(rounds)
                .extracting(ClockReading::round, ClockReading::state, ClockReading::elapsed, ClockReading::dueAt)
                .containsExactly(
                        tuple(1, State.MET, Duration.ofHours(4), hours(4)),
                        tuple(2, State.RUNNING, Duration.ofHours(1), hours(14)));
    }

    @Test
    void stopping_one_millisecond_late_is_missed() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "critical"),
                Histories.moved(hours(4).plusMillis(1), "confirm", "resolved", Map.of()));

        assertThat(fix(history, hours(5)).state()).isEqualTo(State.MISSED);
    }

    @Test
    void an_item_that_ends_without_the_stop_cancels_its_clock() {
        var history =
                List.of(Histories.created(MONDAY_NINE, "critical"), Histories.ended(hours(2), "withdraw", "withdrawn"));

        assertThat(fix(history, hours(9)).state()).isEqualTo(State.CANCELLED);
        assertThat(fix(history, hours(9)).elapsed()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void office_hours_are_told_one_by_one() {
        var history = List.of(Histories.created(Instant.parse("2026-12-24T15:00:00Z"), "medium"));

        var segments = fix(history, Instant.parse("2026-12-28T09:00:00Z")).segments();

        assertThat(segments)
                .extracting(Segment::running, Segment::why)
                .containsExactly(
                        tuple(true, "started: created, target 40 h; working hours, Brindle calendar"),
                        tuple(false, "outside working hours, Brindle calendar"),
                        tuple(true, "working hours, Brindle calendar"));
    }

    @Test
    void a_low_bug_is_due_at_the_next_scheduled_update() {
        var history = List.of(Histories.created(MONDAY_NINE, "low"));

        assertThat(fix(history, hours(1)).dueAt()).isEqualTo("2026-11-24T17:00:00Z");
    }

    @Test
    void a_clock_without_a_target_is_not_there() {
        var history = List.of(Histories.created(MONDAY_NINE, "high"));

        assertThat(Histories.readings(Histories.ACKNOWLEDGE, history, hours(1))).isEmpty();
    }

    @Test
    void time_without_a_target_does_not_count() {
        var history = List.of(
                Histories.created(MONDAY_NINE, "high"), Histories.edited(hours(5), Map.of("severity", "critical")));

        var acknowledge =
                Histories.readings(Histories.ACKNOWLEDGE, history, hours(5)).getLast();

        assertThat(acknowledge.dueAt()).isEqualTo(hours(5).plusSeconds(15 * 60));
        assertThat(acknowledge.segments().getFirst().why()).isEqualTo("started: created, no target for severity high");
    }

    private static Instant hours(long hours) {
        return MONDAY_NINE.plus(Duration.ofHours(hours));
    }

    private static ClockReading fix(List<Happening> history, Instant now) {
        return Histories.readings(Histories.FIX, history, now).getLast();
    }
}
