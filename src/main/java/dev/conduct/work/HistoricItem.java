package dev.conduct.work;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item as another system kept it, with everything it remembers, for `Items.history`.
///
/// @param externalSystem the system it comes from, for example `jira`
/// @param externalId its id there; with the system it makes the import safe to repeat
/// @param certain false when that system was never named: an item of that id with another title or moment is then
///     taken for one of another list, and refused
/// @param fields as at creation, already mapped to ours: String, Long, or an actor id for a person
/// @param assignee actor id at creation
/// @param reporter actor id
/// @param state our state it began in; null for the type's first
/// @param sourceState that system's word for it, kept beside ours
/// @param acts what happened since, oldest first
public record HistoricItem(
        String externalSystem,
        String externalId,
        boolean certain,
        String product,
        String type,
        String title,
        String description,
        Map<String, Object> fields,
        @Nullable String assignee,
        String reporter,
        Instant createdAt,
        @Nullable String state,
        @Nullable String sourceState,
        List<HistoricAct> acts) {

    public HistoricItem(
            String externalSystem,
            String externalId,
            String product,
            String type,
            String title,
            String description,
            Map<String, Object> fields,
            @Nullable String assignee,
            String reporter,
            Instant createdAt,
            @Nullable String state,
            @Nullable String sourceState,
            List<HistoricAct> acts) {
        this(
                externalSystem,
                externalId,
                true,
                product,
                type,
                title,
                description,
                fields,
                assignee,
                reporter,
                createdAt,
                state,
                sourceState,
                acts);
    }
}
