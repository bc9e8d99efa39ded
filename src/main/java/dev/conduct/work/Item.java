package dev.conduct.work;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something the company tracks through its procedure: a bug, a ticket, a release.
///
/// @param key product key and number, for example `APP-12`; never changes
/// @param fields values by field name: String or Long
/// @param assignee actor id
/// @param version counts the changes; `ETag` and `If-Match` carry it
/// @param dueAt when its most urgent clock runs out, null when none runs
public record Item(
        String key,
        String type,
        String product,
        String title,
        String description,
        String state,
        Map<String, Object> fields,
        @Nullable String assignee,
        String reporter,
        Instant createdAt,
        Instant updatedAt,
        String procedureVersion,
        long version,
        @Nullable Instant dueAt) {

    Item due(@Nullable Instant at) {
        return new Item(
                key,
                type,
                product,
                title,
                description,
                state,
                fields,
                assignee,
                reporter,
                createdAt,
                updatedAt,
                procedureVersion,
                version,
                at);
    }

    /// The same by the words of another procedure version.
    Item standing(String otherState, String otherProcedure) {
        return otherState.equals(state) && otherProcedure.equals(procedureVersion)
                ? this
                : new Item(
                        key,
                        type,
                        product,
                        title,
                        description,
                        otherState,
                        fields,
                        assignee,
                        reporter,
                        createdAt,
                        updatedAt,
                        otherProcedure,
                        version,
                        dueAt);
    }
}
