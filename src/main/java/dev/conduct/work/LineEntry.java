package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The bug line in the side bar, with how many are open.
@Component
class LineEntry implements NavigationEntry {

    private static final String TYPE = "bug";

    private final Procedures procedures;
    private final LineCounts counts;
    private final InstantSource time;

    LineEntry(Procedures procedures, LineCounts counts, InstantSource time) {
        this.procedures = procedures;
        this.counts = counts;
        this.time = time;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        var type = procedures.at(time.instant()).types().get(TYPE);
        return type == null
                ? null
                : new Entry(
                        "Lines",
                        10,
                        type.plural(),
                        "/lines/" + TYPE,
                        "bug",
                        counts.of(TYPE, actor).open());
    }
}
