package dev.conduct.conformance;

import dev.conduct.clock.Clocks;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Judges the past by another version of the procedure. Reads the ledger and writes nothing.
@Component
public class Replay {

    private static final String ITEM = "item:";

    private final Ledger ledger;
    private final Procedures procedures;
    private final Clocks clocks;
    private final InstantSource time;

    Replay(Ledger ledger, Procedures procedures, Clocks clocks, InstantSource time) {
        this.ledger = ledger;
        this.procedures = procedures;
        this.clocks = clocks;
        this.time = time;
    }

    /// @param from what was tried, and the clocks that began, from then on; null for all there is
    /// @param until and before then; null for until now
    /// @param product key of the only product to look at, null for all
    public record Range(
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String product) {

        boolean holds(Instant moment) {
            return (from == null || !moment.isBefore(from)) && (until == null || moment.isBefore(until));
        }
    }

    public Replayed by(Procedure draft, Range range) {
        var count = new Count(draft.version());
        var item = new ArrayList<Event>();
        var now = time.instant();
        ledger.replayByObject(range.product() == null ? ITEM : ITEM + range.product() + "-", event -> {
            if (!item.isEmpty() && !item.getFirst().object().equals(event.object())) {
                judge(List.copyOf(item), draft, range, now, count);
                item.clear();
            }
            item.add(event);
        });
        judge(item, draft, range, now, count);
        return count.replayed();
    }

    private void judge(List<Event> events, Procedure draft, Range range, Instant now, Count count) {
        if (!events.isEmpty() && events.getFirst().action().equals("item.report")) {
            new OneItem(events, draft, procedures, clocks, range, now, count).judge();
        }
    }
}
