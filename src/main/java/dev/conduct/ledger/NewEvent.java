package dev.conduct.ledger;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a module asks the ledger to record.
///
/// @param occurredAt when it happened in the world (an import keeps the original time)
/// @param actor who did it: `person:UUID`, `client:UUID` or `system:NAME`
/// @param via the way it came in: `page`, `api`, `import`, `scheduler`, `demo`, `cli`, `mail`, `hook`
/// @param action `noun.verb`, for example `item.transition`
/// @param object what it happened to, for example `item:APP-12`
/// @param objectVersion the object's version after it (its current version when refused)
/// @param clause the clause it was judged by, if any
/// @param procedure the procedure version it was judged by, if any
/// @param data strings, booleans, null, whole numbers, lists and maps of these; keys `[a-z][a-z0-9_]*`; no free text,
///     no personal value
/// @param content free text and personal values by name; the entry holds only salted commitments to them. What begins
///     with [Ledger#KEPT] is told with no event and in no proof, only by [Ledger#kept]; `data.kept` says of each, by
///     the rest of its name, whether it is `personal`, under a key of the object's own, or `secret`
public record NewEvent(
        Instant occurredAt,
        String actor,
        String via,
        String action,
        String object,
        long objectVersion,
        Outcome outcome,
        @Nullable String clause,
        @Nullable String procedure,
        Map<String, Object> data,
        Map<String, String> content) {}
