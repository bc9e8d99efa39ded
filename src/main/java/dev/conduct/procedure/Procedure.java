package dev.conduct.procedure;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of the company's procedure, checked and compiled: immutable, shared by all threads.
///
/// @param version what the pack calls itself, for example `2026.11`
/// @param hash SHA-256 over the pack's files, hex
/// @param effective from when it judges
/// @param approvedBy the actor who adopted it, null for the one an installation starts with
/// @param schedules recurring moments by name (`scheduled_update`)
public record Procedure(
        String version,
        String hash,
        Instant effective,
        @Nullable String approvedBy,
        Map<String, Clause> clauses,
        Map<String, Parameter> parameters,
        Map<String, Role> roles,
        Map<String, CalendarRule> calendars,
        Map<String, ScheduleRule> schedules,
        Map<String, EvidenceKind> evidenceKinds,
        Map<String, ItemType> types) {

    /// One obligation of the SOP. `ref` is shown to people (`11 §2.5`), `id` is for rules and programs (`BUG-5`).
    public record Clause(String id, String ref, String chapter, String title, String text) {}

    /// A number or term the SOP leaves open. `value` is a string, a whole number, a `Duration` or a list of strings.
    public record Parameter(String name, String title, String means, Object value) {}

    public record Role(String name, String title, String means) {}

    /// A kind of fact about an item that a gate can ask for.
    ///
    /// @param passes the words of a verdict that count as passed; the first is shown
    /// @param fails the words that count as failed
    /// @param bound true when it speaks of one commit and is void for another
    /// @param roles who may attest it
    public record EvidenceKind(
            String name,
            String title,
            String clause,
            List<String> passes,
            List<String> fails,
            boolean bound,
            java.util.Set<String> roles) {}

    /// Working hours. `always` has neither days nor holidays: every second counts.
    public record CalendarRule(
            String name,
            java.time.ZoneId zone,
            Map<java.time.DayOfWeek, List<Hours>> hours,
            java.util.Set<java.time.LocalDate> holidays,
            boolean always) {}

    public record Hours(java.time.LocalTime from, java.time.LocalTime to) {}

    /// A recurring moment: `first`, then every `every` in local time of the zone.
    public record ScheduleRule(
            String name, java.time.LocalDateTime first, java.time.ZoneId zone, java.time.Period every) {}
}
