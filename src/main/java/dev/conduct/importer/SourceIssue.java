package dev.conduct.importer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One issue of another system as its file tells it, still in that system's own words.
///
/// @param id the other system's stable id, the same in every export
/// @param at where it stands, `file:line`
/// @param fields last known values by neutral name (`state`, `resolution`, `priority`, `severity`, `component`,
///     `assignee`, `resolved`) or, for everything else, by the source's name
/// @param reporter null when the file does not say
/// @param changes oldest first
/// @param names of people by their id, where a field holds only the id
/// @param lost what the source had, or the file lacks, and an import cannot keep: a sentence and how often
/// @param kept how something unusual was kept: a sentence and how often
record SourceIssue(
        String id,
        String at,
        String title,
        String description,
        Map<String, String> fields,
        @Nullable Author reporter,
        Instant created,
        List<Change> changes,
        List<Comment> comments,
        List<Link> links,
        List<String> attachments,
        Map<String, String> names,
        Map<String, Integer> lost,
        Map<String, Integer> kept) {

    /// @param id stable in the source; `name` is what people read
    record Author(String id, String name) {}

    /// One field's change. A state that is entered again from itself (event logs repeat rows) is told as it stands.
    ///
    /// @param author null when the file does not say
    /// @param exact false when the file gives only the latest moment by which it had happened
    record Change(
            Instant at,
            @Nullable Author author,
            String field,
            @Nullable String from,
            @Nullable String to,
            boolean exact) {

        static Change exact(
                Instant at, @Nullable Author author, String field, @Nullable String from, @Nullable String to) {
            return new Change(at, author, field, from, to, true);
        }
    }

    record Comment(
            @Nullable String id, Instant at, @Nullable Author author, String text) {}

    /// @param kind in the source's words, read from this issue towards the other
    record Link(String kind, String other) {}
}
