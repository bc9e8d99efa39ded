package dev.conduct.clock;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that happened to an item, as far as clocks care.
///
/// @param says the word for people: `created`, the transition, or what field changed
/// @param names every name a clock rule may know it by: `created`, the transition, `state:NAME`
/// @param fields the values of fields that it set; null where it cleared one
/// @param ended true when it took the item to a state in which it is no longer open
record Happening(Instant at, String says, Set<String> names, Map<String, @Nullable Object> fields, boolean ended) {

    boolean isOneOf(Set<String> wanted) {
        return names.stream().anyMatch(wanted::contains);
    }
}
