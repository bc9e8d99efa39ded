package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The lines of the procedure in force in the side bar, each with how many are open.
@Component
class LineEntry implements NavigationEntry {

    /// Letters that lead elsewhere, whatever the procedure calls its lines.
    private static final Set<String> KEPT = Set.of("h", "n", "q", "l", "p", "a");

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
        var taken = new HashSet<>(KEPT);
        for (var type : procedures.at(time.instant()).types().values()) {
            entries.add(new Entry(
                    "Lines",
                    10 + entries.size(),
                    type.plural(),
                    "/lines/" + type.name(),
                    type.icon(),
                    counts.of(type.name(), actor).open(),
                    key(type.name(), taken)));
        }
        return entries;
    }

    /// The first letter of its name that leads nowhere yet.
    private static @Nullable String key(String name, Set<String> taken) {
        return name.chars()
                .filter(letter -> letter >= 'a' && letter <= 'z')
                .mapToObj(Character::toString)
                .filter(taken::add)
                .findFirst()
                .orElse(null);
    }
}
