package dev.conduct.importer;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of every record of an import: `read = imported + merged + refused`. A dry run gives the same account.
///
/// @param read records found, broken ones included
/// @param imported new here
/// @param merged already here; what was new of their history has been added
/// @param events recorded in the ledger
/// @param deviations gates that the imported history did not satisfy; each stands in its event
/// @param unmapped kind (`state`, `resolution`, `priority`) -> word without a counterpart -> how often
/// @param kept how something unusual was kept -> how often
/// @param lost what the source had, or the file lacks, that is not kept -> how often
/// @param people who acts in the files, those who do most first, at most 200
public record LossAccount(
        int read,
        int imported,
        int merged,
        int refused,
        List<Reason> reasons,
        long events,
        long deviations,
        Map<String, Map<String, Integer>> unmapped,
        Map<String, Integer> kept,
        Map<String, Integer> lost,
        List<Person> people) {

    /// Accounts that were kept before people were told of know none.
    public LossAccount {
        people = Objects.requireNonNullElse(people, List.of());
    }

    /// As it is kept once the files are gone: how much each did, and who they are here, without what another system
    /// calls them.
    LossAccount withoutNames() {
        return new LossAccount(
                read,
                imported,
                merged,
                refused,
                reasons,
                events,
                deviations,
                unmapped,
                kept,
                lost,
                people.stream()
                        .map(person -> new Person("", "", person.acts(), person.here()))
                        .toList());
    }

    /// @param id what the other system calls them
    /// @param acts how many acts and records name them
    /// @param here the id of the person they are here, null for a name from outside
    public record Person(
            String id, String name, int acts, @Nullable String here) {}

    /// @param at `file:line`
    /// @param id the record's id there, empty when it could not be read
    public record Reason(String at, String id, String says) {}
}
