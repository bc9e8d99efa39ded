package dev.conduct.quality;

import dev.conduct.quality.TestRows.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/// Failures of one run that have their message and their stack in common.
///
/// @param print the same in the next run
/// @param message as one of them says it
record Cause(UUID print, String message, List<Result> failures) {

    /// The one with most failures first.
    static List<Cause> of(List<Result> failures) {
        var grouped = new LinkedHashMap<UUID, Cause>();
        for (var failure : failures) {
            var shape = failure.shape();
            grouped.computeIfAbsent(shape.print(), print -> new Cause(print, shape.message(), new ArrayList<>()))
                    .failures
                    .add(failure);
        }
        return grouped.values().stream()
                .sorted(Comparator.comparingInt(
                        (Cause cause) -> -cause.failures().size()))
                .toList();
    }

    Result first() {
        return failures.getFirst();
    }

    /// What a list calls it.
    String title() {
        return message.isEmpty() ? "Failed without a message" : message;
    }
}
