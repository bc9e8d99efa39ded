package dev.conduct.work;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that happened to an item in another system. Recorded with its own time and author; gates observe it
/// and note what deviates, but refuse nothing: it has happened.
public sealed interface HistoricAct {

    /// Stable and unique within the item, so that importing again adds only what is new.
    String externalId();

    Instant at();

    /// Actor id.
    String actor();

    /// @param to our state
    /// @param sourceState the word of the other system
    /// @param fields that changed with it, mapped to ours
    record StateChange(
            String externalId,
            Instant at,
            String actor,
            String to,
            @Nullable String sourceState,
            Map<String, Object> fields)
            implements HistoricAct {}

    /// @param title null when unchanged
    /// @param description null when unchanged
    /// @param fields new values, mapped to ours
    /// @param cleared fields that lost their value
    record FieldChange(
            String externalId,
            Instant at,
            String actor,
            @Nullable String title,
            @Nullable String description,
            Map<String, Object> fields,
            List<String> cleared)
            implements HistoricAct {}

    /// @param assignee actor id, null when it was taken from everybody
    record Assignment(
            String externalId,
            Instant at,
            String actor,
            @Nullable String assignee) implements HistoricAct {}

    record Comment(String externalId, Instant at, String actor, String text) implements HistoricAct {}

    /// @param kind one of ours: `duplicates`, `blocks`, `causes`, `fixes`
    /// @param otherExternalId the other item's id in the same system; it must be in the same batch or imported
    ///     before
    record Link(String externalId, Instant at, String actor, String kind, String otherExternalId)
            implements HistoricAct {}
}
