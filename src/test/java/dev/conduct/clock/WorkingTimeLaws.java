package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.Procedure.CalendarRule;
import dev.conduct.procedure.Procedure.Hours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WorkingTimeLaws {

    private static final List<CalendarRule> RULES = List.of(
            Calendars.ALWAYS, Calendars.BERLIN, Calendars.NEW_YORK, Calendars.NIGHT_IN_BERLIN, Calendars.LORD_HOWE);
    private static final Map<CalendarRule, WorkingTime> LAID_OUT =
            RULES.stream().collect(Collectors.toMap(Function.identity(), WorkingTime::of));

    /// Changes of daylight saving of the zones above and beginnings and ends of their holidays, around which most
    /// mistakes would be.
    private static final List<Instant> CHANGES = List.of(
            Instant.parse("2026-03-29T01:00:00Z"),
            Instant.parse("2026-10-25T01:00:00Z"),
            Instant.parse("2026-03-08T07:00:00Z"),
            Instant.parse("2026-11-01T06:00:00Z"),
            Instant.parse("2026-04-04T15:00:00Z"),
            Instant.parse("2026-10-03T15:30:00Z"),
            Instant.parse("2026-04-05T22:00:00Z"),
            Instant.parse("2026-04-06T22:00:00Z"),
            Instant.parse("2026-12-24T23:00:00Z"),
            Instant.parse("2026-11-26T05:00:00Z"),
            Instant.parse("2026-11-27T05:00:00Z"));

    @Property
    void counting_is_additive(
            @ForAll("rules") CalendarRule rule,
            @ForAll("moments") Instant one,
            @ForAll("moments") Instant two,
            @ForAll("moments") Instant three) {
        var hours = hours(rule);
        var sorted = LongStream.of(one.toEpochMilli(), two.toEpochMilli(), three.toEpochMilli())
                .sorted()
                .mapToObj(Instant::ofEpochMilli)
                .toList();

        assertThat(hours.elapsed(sorted.get(0), sorted.get(1)).plus(hours.elapsed(sorted.get(1), sorted.get(2))))
                .isEqualTo(hours.elapsed(sorted.get(0), sorted.get(2)));
    }

    @Property
    void counting_on_and_counting_back_agree(
            @ForAll("rules") CalendarRule rule, @ForAll("moments") Instant from, @ForAll("spans") Duration span) {
        var hours = hours(rule);

        assertThat(hours.elapsed(from, hours.after(from, span))).isEqualTo(span);
    }

    @Property
    void the_moment_found_is_the_earliest(
            @ForAll("rules") CalendarRule rule, @ForAll("moments") Instant from, @ForAll("spans") Duration span) {
        var hours = hours(rule);
        var found = hours.after(from, span);

        assertThat(hours.elapsed(from, found.minusMillis(1))).isLessThan(span.plusMillis(1));
        assertThat(span.isZero() || hours.elapsed(from, found.minusMillis(1)).compareTo(span) < 0)
                .isTrue();
    }

    @Property
    void more_time_is_never_used_up_earlier(
            @ForAll("rules") CalendarRule rule,
            @ForAll("moments") Instant from,
            @ForAll("spans") Duration less,
            @ForAll("spans") Duration more) {
        var hours = hours(rule);

        assertThat(hours.after(from, less.plus(more))).isAfterOrEqualTo(hours.after(from, less));
        assertThat(hours.elapsed(from, from.plus(less).plus(more)))
                .isGreaterThanOrEqualTo(hours.elapsed(from, from.plus(less)));
    }

    @Property(tries = 60)
    void every_second_counts_that_the_wall_clock_says(
            @ForAll("rules") CalendarRule rule, @ForAll("momentsNearChanges") Instant from) {
        var to = from.plus(Duration.ofHours(9));
        var counted = LongStream.range(from.getEpochSecond(), to.getEpochSecond())
                .filter(second -> wallClockSaysSo(rule, Instant.ofEpochSecond(second)))
                .count();

        assertThat(hours(rule).elapsed(from, to)).isEqualTo(Duration.ofSeconds(counted));
    }

    @Property
    void it_opens_and_closes_exactly_when_it_says(@ForAll("rules") CalendarRule rule, @ForAll("moments") Instant at) {
        var hours = hours(rule);
        var change = hours.nextChange(at);

        assertThat(change).isAfter(at);
        assertThat(hours.open(change.minusMillis(1))).isEqualTo(hours.open(at));
        assertThat(rule.always() || hours.open(change) != hours.open(at)).isTrue();
    }

    private static boolean wallClockSaysSo(CalendarRule rule, Instant at) {
        var local = at.atZone(rule.zone());
        return rule.always()
                || !rule.holidays().contains(local.toLocalDate())
                        && rule.hours().getOrDefault(local.getDayOfWeek(), List.of()).stream()
                                .anyMatch(hours -> within(hours, local.toLocalTime()));
    }

    private static boolean within(Hours hours, LocalTime time) {
        return !time.isBefore(hours.from()) && (hours.to().equals(LocalTime.MIDNIGHT) || time.isBefore(hours.to()));
    }

    private static WorkingTime hours(CalendarRule rule) {
        return java.util.Objects.requireNonNull(LAID_OUT.get(rule));
    }

    @Provide
    Arbitrary<CalendarRule> rules() {
        return Arbitraries.of(RULES);
    }

    @Provide
    Arbitrary<Instant> moments() {
        var anywhere = Arbitraries.longs()
                .between(
                        Instant.parse("2025-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2028-01-01T00:00:00Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
        return Arbitraries.oneOf(List.of(anywhere, momentsNearChanges()));
    }

    @Provide
    Arbitrary<Instant> momentsNearChanges() {
        var seconds = Arbitraries.longs().between(-10 * 3600, 10 * 3600);
        return Arbitraries.of(CHANGES).flatMap(change -> seconds.map(change::plusSeconds));
    }

    @Provide
    Arbitrary<Duration> spans() {
        return Arbitraries.longs().between(0, Duration.ofDays(60).toMillis()).map(Duration::ofMillis);
    }
}
