package dev.conduct.work;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item as another system kept it, with everything it remembers, for `Items.history`.
///
/// @param externalSystem the system it comes from, for example `jira`
/// @param externalId its id there; with the system it makes the import safe to repeat
/// @param named how surely the system's name says which one it is
/// @param fields as at creation, already mapped to ours: String, Long, or an actor id for a person
/// @param assignee actor id at creation
/// @param reporter actor id
/// @param state our state it began in; null for the type's first
/// @param sourceState that system's word for it, kept beside ours
/// @param acts what happened since, oldest first
public record HistoricItem(
        String externalSystem,
        String externalId,
        Named named,
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

    /// Whether an item of the same id may be taken for the same item. Where it may not, it is refused, and asked for by
    /// name.
    public enum Named {
        /// Somebody said which system it is: the id alone decides.
        BY_SOMEBODY,
        /// Only the maker of the system is known, and others run it too: an item of that id that shares neither title
        /// nor moment of creation is another's.
        BY_ITS_KIND,
        /// A list of its maker's own: title and moment of creation have to be the same.
        BY_NOBODY;

        boolean sameItem(boolean title, boolean moment) {
            return switch (this) {
                case BY_SOMEBODY -> true;
                case BY_ITS_KIND -> title || moment;
                case BY_NOBODY -> title && moment;
            };
        }
    }

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
                Named.BY_SOMEBODY,
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
