package dev.conduct.procedure;

import java.util.List;
import java.util.Optional;

/// Checks a pack and says everything that is wrong with it, not only the first thing. Needs no database.
public final class PackCheck {

    /// @param procedure the pack compiled, empty when there are mistakes; effective from 1970 until adopted
    public record Checked(List<Mistake> mistakes, Optional<Procedure> procedure) {

        /// @throws IllegalArgumentException when there are mistakes, naming them all
        public Procedure orThrow() {
            return procedure.orElseThrow(() -> new IllegalArgumentException("The pack has mistakes:\n"
                    + String.join("\n", mistakes.stream().map(Mistake::toString).toList())));
        }
    }

    private PackCheck() {}

    public static Checked check(PackFiles files) {
        return new PackReader(files).read();
    }
}
