package dev.conduct.testing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A case in one of its versions.
///
/// @param newest the version in force
/// @param pointName empty without a point
/// @param verdict how it came out last, in any version; empty while it was never run
record TestCase(
        UUID id,
        String product,
        UUID plan,
        int number,
        long version,
        long newest,
        boolean retired,
        CaseText text,
        String pointName,
        String changedBy,
        Instant changedAt,
        String verdict,
        @Nullable UUID lastRun) {

    static String key(String product, int number) {
        return product + "-C" + number;
    }

    /// `APP-C12`
    String key() {
        return key(product, number);
    }

    String path() {
        return "/testing/" + product + "/cases/" + key();
    }
}
