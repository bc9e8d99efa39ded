package dev.conduct.standards;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A written standard, as its version in force has it, or as it was proposed before one was.
///
/// @param product key of the product it is for, null for the whole company
/// @param latest number of the version in force, 0 before one was approved
/// @param proposed number of the newest version; greater than `latest` while it waits for a second person
/// @param proposedDigest of that version
record Standard(
        UUID id,
        @Nullable String product,
        int latest,
        int proposed,
        String proposedDigest,
        @Nullable Instant retiredAt,
        Version version) {

    /// @param roles who has to know it, everybody inside when there are none
    /// @param days until it has to be known: from its approval, or from when somebody holds one of its roles
    /// @param trainingDays for how many days a training counts, 0 when none is asked for
    /// @param digest SHA-256 of what an approval is about
    record Version(
            int number,
            String title,
            String body,
            List<String> roles,
            int days,
            int trainingDays,
            String digest,
            String proposedBy,
            Instant proposedAt,
            @Nullable String approvedBy,
            @Nullable Instant approvedAt) {

        /// For whoever had to know it when it was approved.
        @Nullable
        Instant due() {
            return due(Instant.EPOCH);
        }

        /// The days count from the approval, or from when somebody came to have to know it, whichever is later.
        @Nullable
        Instant due(Instant since) {
            return approvedAt == null
                    ? null
                    : (since.isAfter(approvedAt) ? since : approvedAt).plus(java.time.Duration.ofDays(days));
        }
    }

    boolean inForce() {
        return latest > 0 && retiredAt == null;
    }

    boolean waits() {
        return proposed > latest;
    }

    String title() {
        return version.title();
    }

    String path() {
        return "/standards/" + id;
    }

    String of() {
        return product == null ? "The company" : product;
    }
}
