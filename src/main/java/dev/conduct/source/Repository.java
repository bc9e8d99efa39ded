package dev.conduct.source;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A repository or a CI server that tells of a product's code.
///
/// @param url where people find it, and plain git is fetched from; may be empty
/// @param mainBranch where merged work ends up, empty until somebody said
/// @param refused how many deliveries were not believed, the last at `refusedAt`
record Repository(
        UUID id,
        String product,
        String name,
        Host host,
        String url,
        String mainBranch,
        boolean active,
        long refused,
        @Nullable Instant refusedAt,
        String refusedWhy) {

    String hook() {
        return "/hooks/" + id;
    }

    /// As the ledger names it.
    String object() {
        return "repository:" + id;
    }
}
