package dev.conduct.work;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something the company tracks through its procedure: a bug, a ticket, a release.
///
/// @param key product key and number, for example `APP-12`; never changes
/// @param fields values by field name: String or Long
/// @param assignee actor id
/// @param version counts the changes; `ETag` and `If-Match` carry it
/// @param dueAt when its most urgent clock runs out, null when none runs
/// @param organisation of the customer who reported it, null for none
/// @param readers null: whoever sees the product sees it; else whom it is restricted to: `person:…`, `client:…`,
///     `team:…`, `role:NAME`
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
        @Nullable Instant dueAt,
        @Nullable String organisation,
        @Nullable List<String> readers) {

    /// Whether only those named see it.
    public boolean restricted() {
        return readers != null;
    }

    Item holding(Map<String, Object> otherFields) {
        return new Item(
                key,
                type,
                product,
                title,
                description,
                state,
                otherFields,
                assignee,
                reporter,
                createdAt,
                updatedAt,
                procedureVersion,
                version,
                dueAt,
                organisation,
                readers);
    }

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
                at,
                organisation,
                readers);
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
                        dueAt,
                        organisation,
                        readers);
    }
}
