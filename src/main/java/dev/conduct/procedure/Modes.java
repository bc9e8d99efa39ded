package dev.conduct.procedure;

import java.util.Locale;

final class Modes {

    private Modes() {}

    static String word(ItemType.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
