package dev.conduct.clock;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the clocks of an item stand on at one of its versions: its events as far as clocks care, and the rows that were
/// written of them. The next event is added to it, so that a change reads no history again.
///
/// @param soonest when the first of its clocks changes by itself; from then on others may have recorded and written
///     what is not known here
record ClockState(
        long version,
        List<Event> events,
        Set<ClockRow.Columns> rows,
        @Nullable Instant soonest) {

    /// Another node's time may run ahead of ours, or it may have begun early.
    private static final Duration OTHERS_AHEAD = Duration.ofMinutes(1);

    static final ClockState NOTHING = new ClockState(0, List.of(), Set.of(), null);

    static ClockState of(long version, List<Event> events, List<ClockRow> rows) {
        return new ClockState(
                version,
                events.stream().filter(ClockState::counts).map(ClockState::slim).toList(),
                rows.stream().map(ClockRow::columns).collect(Collectors.toUnmodifiableSet()),
                rows.stream()
                        .map(ClockRow::nextMoment)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null));
    }

    /// The same after events that change no clock.
    ClockState at(long later, List<Event> all) {
        return new ClockState(
                later,
                all.stream().filter(ClockState::counts).map(ClockState::slim).toList(),
                rows,
                soonest);
    }

    boolean holds(long found, Instant now) {
        return version == found && (soonest == null || now.plus(OTHERS_AHEAD).isBefore(soonest));
    }

    List<Event> with(List<Event> more) {
        var all = new ArrayList<>(events);
        all.addAll(more);
        return all;
    }

    /// Rows that are not written yet.
    List<ClockRow> changed(List<ClockRow> now) {
        return now.stream().filter(row -> !rows.contains(row.columns())).toList();
    }

    /// Whether each row that was written is still one of the rows, however it changed.
    boolean coveredBy(List<ClockRow> now) {
        return rows.stream().allMatch(row -> now.stream().anyMatch(other -> row.isOf(other.reading())));
    }

    private static boolean counts(Event event) {
        return event.outcome() == Outcome.SUCCESS
                && (History.matters(event) || History.tells(event) || History.late(event));
    }

    /// Without what people wrote: clocks do not read it.
    private static Event slim(Event event) {
        var data = History.matters(event) || History.tells(event) ? event.data() : Map.<String, Object>of();
        return event.with(data, Map.of());
    }
}
