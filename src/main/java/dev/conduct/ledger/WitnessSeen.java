package dev.conduct.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a witness has signed last.
///
/// @param name of its key
/// @param host where it is asked
/// @param size events under the checkpoint it saw; 0 while it saw none
/// @param at when it signed, null while it saw none
public record WitnessSeen(
        String name, String host, long size, @Nullable Instant at) {}
