package dev.conduct.procedure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One item as rules see it: its history folded, and nothing from anywhere else. The same events always give the
/// same case, so a verdict can be repeated years later.
///
/// @param fields present values only: String, Long, or an actor id for a person
/// @param passages transitions and acts, oldest first; voided ones are marked, not removed
/// @param evidence facts, oldest first, attested or delivered by a source
/// @param links kinds and the other item's key
public record Case(
        String key,
        String type,
        String state,
        Map<String, Object> fields,
        @Nullable String assignee,
        String reporter,
        Instant createdAt,
        List<Passage> passages,
        List<Fact> evidence,
        List<Link> links,
        List<Override> overrides,
        Map<String, Object> facts) {

    /// A transition taken, or an act (from equals to).
    ///
    /// @param roles the roles the actor held then
    /// @param assignee whom the item was assigned to then: who made a fix that another submitted
    /// @param fields what they held then: the commit that was reviewed, for one
    public record Passage(
            String name,
            String from,
            String to,
            Instant at,
            String actor,
            Set<String> roles,
            boolean voided,
            @Nullable String assignee,
            Map<String, Object> fields) {}

    /// @param verdict passed or failed, as the evidence kind reads the word
    /// @param voided true when a later rework made it void
    /// @param source `attested`, or the name of the connected source and, after a space, words for people
    public record Fact(
            String kind,
            boolean passed,
            @Nullable String commit,
            @Nullable String build,
            Instant at,
            String actor,
            Set<String> roles,
            String source,
            boolean voided) {

        /// Whether a connected source told it, and nobody typed it.
        public boolean delivered() {
            return !source.equals("attested");
        }

        /// What the source says besides, empty for nothing.
        String words() {
            var space = source.indexOf(' ');
            return space < 0 ? "" : source.substring(space + 1);
        }
    }

    public record Link(String kind, String other) {}

    /// An approved override of one gate, until it expires.
    ///
    /// @param id what follows from it names it, empty where nothing does
    /// @param commit that was in force when it was approved, null when none was
    public record Override(
            String gate,
            String askedBy,
            String approvedBy,
            Instant approvedAt,
            Instant expiresAt,
            String id,
            @Nullable String commit) {

        public Override(String gate, String askedBy, String approvedBy, Instant approvedAt, Instant expiresAt) {
            this(gate, askedBy, approvedBy, approvedAt, expiresAt, "", null);
        }
    }

    /// What somebody wants to do.
    ///
    /// @param fields the item's fields as they would be, the attempt's own fields applied
    public record Attempt(
            String transition,
            String actor,
            Set<String> roles,
            Map<String, Object> fields,
            @Nullable String assignee,
            Instant now) {}
}
