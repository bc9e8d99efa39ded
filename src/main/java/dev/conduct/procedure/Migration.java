package dev.conduct.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What becomes of work under way when a newer version is in force: the newer version's own rule says.
///
/// @param from the version an item was judged by so far
/// @param to the version in force now
public record Migration(Procedure from, Procedure to) {

    /// By which version an item is judged, and the state it stands in by that version's words.
    public record Standing(Procedure procedure, String state) {}

    public static Migration of(Procedure from, Procedure to) {
        return new Migration(from, to);
    }

    /// What becomes of an item while versions come into force one after the other: each standing it moves to, none when
    /// it stays as it is.
    ///
    /// @param later the versions that came into force since the one it was judged by, oldest first
    public static List<Standing> path(Procedure from, List<Procedure> later, String type, String state) {
        var path = new ArrayList<Standing>();
        var now = new Standing(from, state);
        for (var next : later) {
            var then = of(now.procedure(), next).of(type, now.state());
            if (then.procedure() != now.procedure()) {
                path.add(then);
                now = then;
            }
        }
        return path;
    }

    /// An item stays when the rule says so, when its type is gone, or when its state has no counterpart.
    public Standing of(String type, String state) {
        if (from.version().equals(to.version()) || !to.inFlight().moves()) {
            return new Standing(from, state);
        }
        var kept = to.types().get(type);
        var mapped = mapped(type, state);
        if (kept == null || !kept.states().containsKey(mapped)) {
            return new Standing(from, state);
        }
        return new Standing(to, mapped);
    }

    /// `type.state` of every state of the older version for which the newer one has no counterpart though it moves
    /// work in flight: its mapping has to name them.
    public List<String> unmapped() {
        var unmapped = new ArrayList<String>();
        if (to.inFlight().moves()) {
            from.types()
                    .values()
                    .forEach(type -> type.states().keySet().forEach(state -> {
                        var kept = to.types().get(type.name());
                        if (kept == null || !kept.states().containsKey(mapped(type.name(), state))) {
                            unmapped.add(type.name() + "." + state);
                        }
                    }));
        }
        return unmapped;
    }

    private String mapped(String type, String state) {
        return to.inFlight().states().getOrDefault(type, Map.of()).getOrDefault(state, state);
    }
}
