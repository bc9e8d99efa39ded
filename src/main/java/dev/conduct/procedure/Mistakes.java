package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Place;
import dev.conduct.procedure.Entry.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Everything wrong with a pack, gathered while reading goes on.
final class Mistakes {

    private final List<Mistake> found = new ArrayList<>();
    private boolean unreadable;

    /// A whole file could not be read: names it would have declared are not missed one by one.
    void unreadable(Place place, String says, String instead) {
        unreadable = true;
        add(place, says, instead);
    }

    /// Whether names may be missed only because the file that declares them could not be read.
    boolean unreadable() {
        return unreadable;
    }

    void add(Place place, String says, String instead) {
        var mistake = new Mistake(place.file(), place.line(), place.column(), says, instead);
        if (!found.contains(mistake)) {
            found.add(mistake);
        }
    }

    /// True when the name is one of those declared.
    boolean known(Word word, Collection<String> names, String what) {
        if (names.contains(word.text())) {
            return true;
        }
        if (unreadable && names.isEmpty()) {
            return false;
        }
        add(word.place(), "there is no " + what + " \"" + word.text() + "\"", Nearest.instead(word.text(), names));
        return false;
    }

    List<Mistake> all() {
        return found.stream().sorted().toList();
    }
}
