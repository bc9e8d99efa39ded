package dev.conduct.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;

/// When people of the sample company get round to things: mostly in the office, for a critical bug at any hour.
final class OfficeHours {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int OPENS = 8;
    private static final int CLOSES = 18;

    private final Random random;

    OfficeHours(Random random) {
        this.random = random;
    }

    /// A moment after `from` by roughly this long, exponentially spread, moved into office hours unless it is urgent.
    Instant after(Instant from, Duration typical, boolean urgent) {
        var spread = -Math.log(1 - random.nextDouble() * 0.95);
        var moment = from.plusMillis((long) (typical.toMillis() * spread) + 1_000L * random.nextInt(20, 400));
        return urgent ? moment : inOffice(moment);
    }

    /// Some moment of a day on which people work.
    Instant onDay(java.time.LocalDate day) {
        var at = day.atTime(OPENS, 0).atZone(ZONE).plusSeconds(random.nextLong(10 * 3600L));
        return at.toInstant();
    }

    private Instant inOffice(Instant moment) {
        var at = moment.atZone(ZONE);
        if (at.getHour() >= CLOSES) {
            at = at.plusDays(1).withHour(OPENS).withMinute(random.nextInt(60));
        }
        if (at.getHour() < OPENS) {
            at = at.withHour(OPENS).withMinute(random.nextInt(60));
        }
        while (at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY) {
            at = at.plusDays(1);
        }
        return at.toInstant();
    }
}
