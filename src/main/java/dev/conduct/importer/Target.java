package dev.conduct.importer;

import org.jspecify.annotations.Nullable;

/// Where an item stands here: a state, and for a rejected one the reason.
record Target(String state, @Nullable String reason) {

    /// Reads `STATE` or `STATE/REASON`.
    static Target of(String said) {
        var at = said.indexOf('/');
        return at < 0
                ? new Target(said.strip(), null)
                : new Target(
                        said.substring(0, at).strip(), said.substring(at + 1).strip());
    }
}
