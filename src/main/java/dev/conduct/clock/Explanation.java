package dev.conduct.clock;

import dev.conduct.clock.ClockReading.Segment;
import dev.conduct.clock.ClockReading.Stretch;
import java.util.ArrayList;
import java.util.List;

/// Tells a stretch of a clock in words, cut where its calendar opens and closes.
final class Explanation {

    /// Beyond this many segments a stretch is told as one: nobody reads the single days of a year.
    static final int MOST = 60;

    private Explanation() {}

    static List<Segment> of(Stretch stretch) {
        var hours = stretch.hours();
        if (hours == null || hours.always()) {
            return List.of(whole(stretch, stretch.why()));
        }
        var segments = new ArrayList<Segment>();
        var from = stretch.from();
        while (from.isBefore(stretch.to())) {
            if (segments.size() == MOST) {
                return List.of(whole(stretch, stretch.why() + "; working hours only, " + calendar(hours)));
            }
            var change = hours.nextChange(from);
            var to = change.isBefore(stretch.to()) ? change : stretch.to();
            var says = segments.isEmpty() ? stretch.why() + "; " + where(hours, from) : where(hours, from);
            segments.add(new Segment(from, to, hours.open(from), hours.elapsed(from, to), says));
            from = to;
        }
        return segments.isEmpty() ? List.of(whole(stretch, stretch.why())) : segments;
    }

    private static Segment whole(Stretch stretch, String why) {
        return new Segment(stretch.from(), stretch.to(), stretch.hours() != null, stretch.elapsed(), why);
    }

    private static String where(WorkingTime hours, java.time.Instant at) {
        if (hours.open(at)) {
            return "working hours, " + calendar(hours);
        }
        return (hours.holiday(at) ? "holiday, " : "outside working hours, ") + calendar(hours);
    }

    private static String calendar(WorkingTime hours) {
        var name = hours.name();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ') + " calendar";
    }
}
