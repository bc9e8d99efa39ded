package dev.conduct.clock;

import dev.conduct.procedure.Procedure.Clause;
import dev.conduct.shell.Words;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A clock as the page shows it.
///
/// @param tone of the time: `risk`, `over`, `met` or empty
/// @param shown the due time, or what stands in its place
/// @param beside small, after it: what is left, what is over, what was allowed
/// @param bar tone of the bar: `caution`, `stop`, `clear`, `paused` or empty
/// @param filled percent of what is allowed that has elapsed
/// @param mark where on the bar the time aimed at is, null for none
/// @param note from when, how much is allowed, or how it ended
record ClockFace(
        String title,
        String tone,
        String shown,
        String beside,
        String bar,
        long filled,
        @Nullable Long mark,
        String note,
        String clause,
        List<Line> lines) {

    /// A line of the explanation.
    record Line(String from, String full, boolean running, String counted, String why) {}

    static ClockFace of(ClockReading reading, @Nullable Clause clause, Words words) {
        return new ClockFace(
                title(reading),
                switch (reading.state()) {
                    case RUNNING, PAUSED, CANCELLED -> "";
                    case AT_RISK -> "risk";
                    case OVERRUN, MISSED -> "over";
                    case MET -> "met";
                },
                shown(reading, words),
                beside(reading, words),
                switch (reading.state()) {
                    case RUNNING -> "";
                    case AT_RISK -> "caution";
                    case OVERRUN, MISSED -> "stop";
                    case MET -> "clear";
                    case PAUSED, CANCELLED -> "paused";
                },
                filled(reading, words),
                mark(reading),
                note(reading, words),
                clause == null ? reading.clause() : clause.ref(),
                reading.segments().stream().map(segment -> line(segment, words)).toList());
    }

    private static String title(ClockReading reading) {
        var title = new StringBuilder(reading.title());
        if (!reading.decidedBy().isEmpty() && !reading.targetName().isEmpty()) {
            title.append(", ").append(spoken(reading.decidedBy())).append(' ').append(spoken(reading.targetName()));
        }
        return reading.round() == 1 ? title.toString() : title + ", round " + reading.round();
    }

    private static String shown(ClockReading reading, Words words) {
        return switch (reading.state()) {
            case RUNNING, AT_RISK, OVERRUN -> reading.dueAt() == null ? "no limit" : words.moment(reading.dueAt());
            case PAUSED -> "paused";
            case CANCELLED -> "cancelled";
            case MET, MISSED -> words.duration(reading.elapsed());
        };
    }

    private static String beside(ClockReading reading, Words words) {
        return switch (reading.state()) {
            case RUNNING, AT_RISK -> reading.dueAt() == null ? "" : words.left(reading.dueAt()) + " left";
            case OVERRUN -> reading.dueAt() == null ? "" : words.left(reading.dueAt());
            case PAUSED -> left(reading, words);
            case MET, MISSED -> allowed(reading).isEmpty() ? "" : "of " + allowed(reading);
            case CANCELLED -> "";
        };
    }

    private static String left(ClockReading reading, Words words) {
        var target = reading.target();
        if (target == null || target.hard() == null) {
            return "";
        }
        var left = target.hard().minus(reading.elapsed());
        return left.isNegative() ? "+" + words.duration(left) : words.duration(left) + " left";
    }

    private static String note(ClockReading reading, Words words) {
        var ended = reading.endedAt();
        return switch (reading.state()) {
            case RUNNING, AT_RISK -> limits(reading, words);
            case OVERRUN -> "past its limit, " + limits(reading, words);
            case PAUSED -> reading.stretches().getLast().why();
            case MET -> "Met" + (ended == null ? "" : ": " + words.moment(ended));
            case MISSED ->
                "Missed" + (ended == null ? "" : ": " + words.moment(ended))
                        + (reading.dueAt() == null ? "" : ", was due " + words.moment(reading.dueAt()));
            case CANCELLED -> ended == null ? "No target applies any more" : "Cancelled: " + words.moment(ended);
        };
    }

    private static String limits(ClockReading reading, Words words) {
        var target = reading.target();
        var allowed = allowed(reading);
        var from = " from " + words.moment(reading.startedAt());
        if (target == null || allowed.isEmpty()) {
            return target == null || target.schedule() == null ? from.strip() : spoken(target.schedule());
        }
        var hours = target.calendar().equals("always") ? "" : ", " + spoken(target.calendar()) + " hours";
        return allowed + from + (target.soft() == null ? "" : ", mark at " + Span.of(target.soft())) + hours;
    }

    private static String allowed(ClockReading reading) {
        var target = reading.target();
        return target == null || target.hard() == null ? "" : Span.of(target.hard());
    }

    private static long filled(ClockReading reading, Words words) {
        var target = reading.target();
        if (target != null && target.hard() != null) {
            return percent(reading.elapsed(), target.hard());
        }
        if (reading.dueAt() == null) {
            return 0;
        }
        var until = reading.endedAt() == null ? words.now() : reading.endedAt();
        return percent(
                Duration.between(reading.startedAt(), until), Duration.between(reading.startedAt(), reading.dueAt()));
    }

    private static @Nullable Long mark(ClockReading reading) {
        var target = reading.target();
        return target == null || target.soft() == null || target.hard() == null
                ? null
                : percent(target.soft(), target.hard());
    }

    private static long percent(Duration part, Duration whole) {
        return whole.isZero() ? 100 : Math.clamp(100 * part.toMillis() / whole.toMillis(), 0, 100);
    }

    private static Line line(ClockReading.Segment segment, Words words) {
        return new Line(
                words.moment(segment.from()),
                words.full(segment.from()),
                segment.running(),
                segment.running() ? words.duration(segment.elapsed()) : "stands",
                segment.why());
    }

    private static String spoken(String name) {
        return name.replace('_', ' ');
    }
}
