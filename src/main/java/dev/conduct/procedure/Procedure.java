package dev.conduct.procedure;

import dev.conduct.kernel.Right;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One version of the company's procedure, checked and compiled: immutable, shared by all threads.
///
/// @param title what the pack is called
/// @param version what the pack calls itself, for example `2026.11`
/// @param hash SHA-256 over the pack's files, hex
/// @param effective from when it judges
/// @param approvedBy the actor who adopted it, null for the one an installation starts with
/// @param schedules recurring moments by name (`scheduled_update`)
/// @param rules its rules, compiled
public record Procedure(
        String title,
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
        Map<String, ItemType> types,
        InFlight inFlight,
        Rules rules) {

    /// The same procedure, in force from a moment.
    Procedure adopted(Instant from, @Nullable String approver) {
        return new Procedure(
                title,
                version,
                hash,
                from,
                approver,
                clauses,
                parameters,
                roles,
                calendars,
                schedules,
                evidenceKinds,
                types,
                inFlight,
                rules);
    }

    /// The roles of customers.
    public Set<String> outside() {
        return roles.values().stream().filter(Role::outside).map(Role::name).collect(Collectors.toUnmodifiableSet());
    }

    /// What becomes of work under way when this version comes into force.
    ///
    /// @param moves true: judged by this version from then on; false: finished by the version it began under
    /// @param states per type, states of older versions and what this one calls them
    public record InFlight(boolean moves, Map<String, Map<String, String>> states) {}

    /// One obligation of the SOP. `ref` is shown to people (`11 §2.5`), `id` is for rules and programs (`BUG-5`).
    ///
    /// @param chapter the chapter's title
    /// @param controls the kinds of control the register wants for it: gate, clock, duty, fact, role, record,
    ///     platform
    public record Clause(String id, String ref, String chapter, String title, String text, List<String> controls) {}

    /// A number or term the SOP leaves open. `value` is a string, a whole number, a `Duration` or a list of strings.
    ///
    /// @param readBy the gates and clocks that read it, or the part of the platform; empty when none does yet
    /// @param unused the plain note that no control reads it yet, null when one does
    public record Parameter(
            String name,
            String title,
            String means,
            Object value,
            List<String> readBy,
            @Nullable String unused) {}

    /// What one answers for.
    ///
    /// @param readsOnly true: who holds no other changes nothing
    /// @param administers true: who holds no other runs the installation and moves no work
    /// @param rights what the platform lets its holders do; every right when it administers
    /// @param outside true: who holds no other is a customer and sees what they and their organisation reported
    public record Role(
            String name,
            String title,
            String means,
            boolean readsOnly,
            boolean administers,
            Set<Right> rights,
            boolean outside) {}

    /// How the clause is referred to that asks for a kind of evidence; empty when the pack knows no such kind.
    public String refOf(String kind) {
        var known = evidenceKinds.get(kind);
        var clause = known == null ? null : clauses.get(known.clause());
        return clause == null ? "" : clause.ref();
    }

    /// A kind of fact about an item that a gate can ask for.
    ///
    /// @param passes the words of a verdict that count as passed; the first is shown
    /// @param fails the words that count as failed
    /// @param bound true when it speaks of one commit: naming the commit in force, it counts whenever it was made
    /// @param since the transition from which on it counts, null for the beginning of the pass
    /// @param roles who may attest it
    /// @param age how long it counts, null for as long as nothing makes it void
    public record EvidenceKind(
            String name,
            String title,
            String clause,
            List<String> passes,
            List<String> fails,
            boolean bound,
            @Nullable String since,
            Set<String> roles,
            java.time.@Nullable Duration age) {}

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
