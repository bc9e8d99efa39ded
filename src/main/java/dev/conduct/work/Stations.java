package dev.conduct.work;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.RecordPage.Station;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where a record has been, stands and will go, with the time it last entered each station.
final class Stations {

    private Stations() {}

    static List<Station> of(ItemType type, Case item) {
        var entered = entered(type, item);
        var names = names(type, item, entered);
        var here = names.indexOf(item.state());
        var stations = new ArrayList<Station>();
        for (var at = 0; at < names.size(); at++) {
            var name = names.get(at);
            var standing = at < here ? "done" : at == here ? "here" : "ahead";
            stations.add(new Station(
                    title(type, name),
                    standing,
                    at <= here ? entered.get(name) : null,
                    at == here + 1 ? "next" : null));
        }
        return stations;
    }

    static String title(ItemType type, String state) {
        var known = type.states().get(state);
        return known == null ? dev.conduct.shell.Words.plain(state) : known.title();
    }

    /// Its position on the line, counted from 1; off the line it has reached the end.
    static int at(ItemType type, String state) {
        var at = type.line().indexOf(state);
        return at < 0 ? type.line().size() : at + 1;
    }

    private static Map<String, Instant> entered(ItemType type, Case item) {
        var entered = new HashMap<String, Instant>();
        entered.put(type.initial(), item.createdAt());
        for (var passage : item.passages()) {
            if (!passage.from().equals(passage.to())) {
                entered.put(passage.to(), passage.at());
            }
        }
        return entered;
    }

    /// The main line; for a record that left it, the stations it saw and the one it ended at.
    private static List<String> names(ItemType type, Case item, Map<String, Instant> entered) {
        if (type.line().contains(item.state())) {
            return type.line();
        }
        var names = new ArrayList<>(type.line());
        names.removeIf(name -> !entered.containsKey(name));
        names.add(item.state());
        return names;
    }
}
