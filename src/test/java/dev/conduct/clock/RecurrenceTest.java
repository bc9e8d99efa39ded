package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.Procedure.ScheduleRule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class RecurrenceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void it_keeps_its_local_time_across_daylight_saving() {
        var fortnightly = schedule("2026-03-17T18:00", Period.ofWeeks(2));

        assertThat(Recurrence.next(fortnightly, Instant.parse("2026-03-17T16:59:59Z")))
                .isEqualTo("2026-03-17T17:00:00Z");
        assertThat(Recurrence.next(fortnightly, Instant.parse("2026-03-17T17:00:00Z")))
                .isEqualTo("2026-03-31T16:00:00Z");
    }

    @Test
    void the_last_of_the_month_stays_the_last_where_there_is_one() {
        var monthly = schedule("2026-01-31T12:00", Period.ofMonths(1));

        assertThat(Recurrence.next(monthly, Instant.parse("2026-02-01T00:00:00Z")))
                .isEqualTo("2026-02-28T11:00:00Z");
        assertThat(Recurrence.next(monthly, Instant.parse("2026-03-01T00:00:00Z")))
                .isEqualTo("2026-03-31T10:00:00Z");
    }

    @Test
    void before_its_first_moment_the_first_is_next() {
        var fortnightly = schedule("2026-03-17T18:00", Period.ofWeeks(2));

        assertThat(Recurrence.next(fortnightly, Instant.parse("1999-01-01T00:00:00Z")))
                .isEqualTo("2026-03-17T17:00:00Z");
    }

    @Test
    void years_later_it_is_still_found() {
        var monthly = schedule("2020-01-31T12:00", Period.ofMonths(1));

        assertThat(Recurrence.next(monthly, Instant.parse("2060-02-29T11:00:00Z")))
                .isEqualTo("2060-03-31T10:00:00Z");
    }

    private static ScheduleRule schedule(String first, Period every) {
        return new ScheduleRule("update", LocalDateTime.parse(first), BERLIN, every);
    }
}
