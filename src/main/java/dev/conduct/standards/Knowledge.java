package dev.conduct.standards;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one person knows of one standard.
///
/// @param read number of the newest version that the person said to have read, 0 for none
/// @param trainedOn day of the training that counts longest, null without any
/// @param validUntil last day on which it counts, null for good
record Knowledge(
        int read,
        @Nullable Instant readAt,
        @Nullable LocalDate trainedOn,
        @Nullable LocalDate validUntil) {

    static final Knowledge NONE = new Knowledge(0, null, null, null);

    /// What is still owed of the version in force, in words; empty when nothing is.
    List<String> holes(Standard standard, Instant now) {
        var holes = new ArrayList<String>();
        if (!standard.inForce()) {
            return holes;
        }
        if (read < standard.latest()) {
            holes.add(
                    read == 0 ? "Has not read it" : "Has read version " + read + ", not version " + standard.latest());
        }
        if (standard.version().trainingDays() > 0) {
            if (trainedOn == null) {
                holes.add("Was not trained");
            } else if (lapsed(now)) {
                holes.add("The training of " + trainedOn + " counted until " + validUntil);
            }
        }
        return holes;
    }

    boolean lapsed(Instant now) {
        return validUntil != null && validUntil.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
