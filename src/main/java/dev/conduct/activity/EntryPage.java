package dev.conduct.activity;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.ProvenEntry;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of the log and what proves it.
///
/// @param apart names of the values that lie beside the entry and can be erased
/// @param proven null while no checkpoint over it is signed
record EntryPage(
        Event event,
        LogRow row,
        List<String> apart,
        @Nullable ProvenEntry proven,
        List<Step> steps,
        List<String> witnesses,
        long index,
        boolean all)
        implements View {

    /// One hash on the way up to the root.
    ///
    /// @param before whether the neighbour stands before what is proved
    record Step(String hash, boolean before) {}

    @Override
    public String template() {
        return "activity/entry.jte";
    }

    @Override
    public String title() {
        return "Entry " + index + " of the log";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Audit log", "/log", false), new Crumb("#" + index, null, true));
    }

    String file() {
        return "entry-" + index + ".zip";
    }

    static String brief(String hash) {
        return hash.length() < 20 ? hash : hash.substring(0, 8) + "…" + hash.substring(hash.length() - 6);
    }

    /// Which neighbour stands on which side, by RFC 9162, section 2.1.3.2.
    static List<Step> steps(ProvenEntry proven) {
        var steps = new java.util.ArrayList<Step>();
        var node = proven.index();
        var last = proven.size() - 1;
        for (var hash : proven.path()) {
            var before = (node & 1) == 1 || node == last;
            steps.add(new Step(hash, before));
            while (before && (node & 1) == 0 && node != 0) {
                node >>= 1;
                last >>= 1;
            }
            node >>= 1;
            last >>= 1;
        }
        return steps;
    }
}
