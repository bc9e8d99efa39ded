package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// The lines of the procedure in force in the side bar, each with how many are open.
@Component
class LineEntry implements NavigationEntry {

    private final Procedures procedures;
    private final LineCounts counts;
    private final InstantSource time;

    LineEntry(Procedures procedures, LineCounts counts, InstantSource time) {
        this.procedures = procedures;
        this.counts = counts;
        this.time = time;
    }

    @Override
    public List<Entry> entries(Actor actor) {
        var entries = new ArrayList<Entry>();
        for (var type : procedures.at(time.instant()).types().values()) {
            entries.add(new Entry(
                    "Lines",
                    10 + entries.size(),
                    type.plural(),
                    "/lines/" + type.name(),
                    type.icon(),
                    counts.of(type.name(), actor).open()));
        }
        return entries;
    }
}
