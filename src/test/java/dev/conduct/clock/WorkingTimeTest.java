package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkingTimeTest {

    private final WorkingTime berlin = WorkingTime.of(Calendars.BERLIN);
    private final WorkingTime night = WorkingTime.of(Calendars.NIGHT_IN_BERLIN);
    private final WorkingTime island = WorkingTime.of(Calendars.LORD_HOWE);

    @Test
    void a_weekend_does_not_count() {
        var friday = Instant.parse("2026-11-20T15:00:00Z");
        var monday = Instant.parse("2026-11-23T09:00:01Z");

        assertThat(berlin.elapsed(friday, monday)).isEqualTo(Duration.ofSeconds(2 * 3600 + 1));
        assertThat(berlin.after(friday, Duration.ofHours(2).plusSeconds(1))).isEqualTo(monday);
    }

    @Test
    void a_holiday_does_not_count() {
        var beforeChristmas = Instant.parse("2026-12-24T15:00:00Z");

        assertThat(berlin.after(beforeChristmas, Duration.ofHours(2))).isEqualTo(Instant.parse("2026-12-28T09:00:00Z"));
        assertThat(berlin.holiday(Instant.parse("2026-12-25T10:00:00Z"))).isTrue();
    }

    @Test
    void time_used_up_at_closing_is_used_up_at_closing_and_not_the_next_morning() {
        var friday = Instant.parse("2026-11-20T15:00:00Z");

        assertThat(berlin.after(friday, Duration.ofHours(1))).isEqualTo(Instant.parse("2026-11-20T16:00:00Z"));
    }

    @Test
    void office_hours_follow_the_wall_clock_across_both_changes() {
        var beforeSpring = Instant.parse("2026-03-27T15:00:00Z");
        var beforeAutumn = Instant.parse("2026-10-23T14:00:00Z");

        assertThat(berlin.after(beforeSpring, Duration.ofHours(2))).isEqualTo(Instant.parse("2026-03-30T08:00:00Z"));
        assertThat(berlin.after(beforeAutumn, Duration.ofHours(2))).isEqualTo(Instant.parse("2026-10-26T09:00:00Z"));
    }

    @Test
    void a_night_loses_the_skipped_hour_and_gains_the_repeated_one() {
        var springNight = Instant.parse("2026-03-28T21:00:00Z");
        var autumnNight = Instant.parse("2026-10-24T20:00:00Z");

        assertThat(night.elapsed(springNight, Instant.parse("2026-03-29T04:00:00Z")))
                .isEqualTo(Duration.ofHours(7));
        assertThat(night.elapsed(autumnNight, Instant.parse("2026-10-25T05:00:00Z")))
                .isEqualTo(Duration.ofHours(9));
    }

    @Test
    void half_an_hour_is_skipped_and_repeated_on_lord_howe() {
        // 4 October 2026, 02:00 becomes 02:30; 5 April 2026, 02:00 becomes 01:30 again: 01:15 to 09:00 is 7:45 else
        assertThat(island.elapsed(Instant.parse("2026-10-03T12:00:00Z"), Instant.parse("2026-10-04T12:00:00Z")))
                .isEqualTo(Duration.ofHours(7).plusMinutes(15));
        assertThat(island.elapsed(Instant.parse("2026-04-04T12:00:00Z"), Instant.parse("2026-04-05T12:00:00Z")))
                .isEqualTo(Duration.ofHours(8).plusMinutes(15));
    }

    @Test
    void every_second_counts_always() {
        var always = WorkingTime.of(Calendars.ALWAYS);
        var from = Instant.parse("2026-03-29T00:30:00Z");

        assertThat(always.elapsed(from, from.plusSeconds(86_400))).isEqualTo(Duration.ofDays(1));
        assertThat(always.after(from, Duration.ofDays(1))).isEqualTo(from.plusSeconds(86_400));
    }

    @Test
    void a_calendar_without_hours_never_gets_there() {
        var never = WorkingTime.of(Calendars.daily("never", "UTC"));

        assertThat(never.after(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofSeconds(1)))
                .isEqualTo(WorkingTime.LAST);
    }
}
