package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.DateStyle;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WordsTest {

    private final Words words = new Words(ZoneId.of("Europe/Zurich"), Instant.parse("2026-03-11T13:32:00Z"));

    @Test
    void today_shows_the_time_alone() {
        assertThat(words.moment(Instant.parse("2026-03-11T15:05:00Z"))).isEqualTo("16:05");
    }

    @Test
    void the_same_week_shows_the_day_and_the_time() {
        assertThat(words.moment(Instant.parse("2026-03-12T08:00:00Z"))).isEqualTo("Thu 09:00");
        assertThat(words.moment(Instant.parse("2026-03-09T15:05:00Z"))).isEqualTo("Mon 16:05");
    }

    @Test
    void beyond_the_week_shows_the_date_and_the_year_only_when_it_differs() {
        assertThat(words.moment(Instant.parse("2026-03-05T08:00:00Z"))).isEqualTo("5 March");
        assertThat(words.moment(Instant.parse("2025-12-31T23:30:00Z"))).isEqualTo("1 January");
        assertThat(words.moment(Instant.parse("2025-12-31T22:30:00Z"))).isEqualTo("31 December 2025");
    }

    @Test
    void dates_are_written_as_the_reader_wants_them() {
        var moment = Instant.parse("2026-03-05T08:00:00Z");

        assertThat(in(DateStyle.MONTH_FIRST).moment(moment)).isEqualTo("March 5");
        assertThat(in(DateStyle.MONTH_FIRST).full(moment)).isEqualTo("March 5, 2026, 09:00:00 CET");
        assertThat(in(DateStyle.NUMBERS).day(moment)).isEqualTo("Thu 2026-03-05");
        assertThat(in(DateStyle.NUMBERS).dated(moment)).isEqualTo("2026-03-05, 09:00");
        assertThat(words.full(moment)).isEqualTo("5 March 2026, 09:00:00 CET");
    }

    private Words in(DateStyle style) {
        return new Words(words.zone(), style, words.now());
    }

    @Test
    void durations_read_like_a_timetable() {
        assertThat(words.duration(Duration.ofMinutes(42))).isEqualTo("42 min");
        assertThat(words.duration(Duration.ofMinutes(93))).isEqualTo("1 h 33");
        assertThat(words.duration(Duration.ofHours(116))).isEqualTo("4 d 20 h");
    }

    @Test
    void what_is_over_counts_up() {
        assertThat(words.left(Instant.parse("2026-03-11T12:50:00Z"))).isEqualTo("+42 min");
        assertThat(words.left(Instant.parse("2026-03-11T15:05:00Z"))).isEqualTo("1 h 33");
    }

    @Test
    void thousands_are_parted_by_a_thin_space() {
        assertThat(words.number(48213)).isEqualTo("48\u202F213");
        assertThat(words.number(999)).isEqualTo("999");
        assertThat(words.number(1_000_000)).isEqualTo("1\u202F000\u202F000");
    }
}
