package dev.conduct.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which events somebody looks for; what is null does not matter.
///
/// @param actor as the ledger writes it
/// @param action whole (`item.transition`), or its noun and a point (`item.`)
/// @param object as the ledger writes it
/// @param since recorded then or later
/// @param until recorded before
public record Wanted(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable Outcome outcome,
        @Nullable Instant since,
        @Nullable Instant until) {

    public static final Wanted EVERYTHING = new Wanted(null, null, null, null, null, null);

    /// The same, of one actor alone.
    public Wanted by(String only) {
        return new Wanted(only, action, object, outcome, since, until);
    }
}
