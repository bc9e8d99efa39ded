package dev.conduct.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person was erased; published in the transaction that does it. Whoever keeps something of people takes it away.
///
/// @param person as the ledger writes it
/// @param objects in whose histories the person's words stood, as the ledger writes them: `item:APP-12`
/// @param email the address the person had
/// @param outside whether it was a customer
/// @param event the row of the event that records the erasure; null while nothing may be recorded
public record PersonErased(
        String person,
        Set<String> objects,
        @Nullable String email,
        boolean outside,
        @Nullable Long event) {

    public PersonErased(String person, Set<String> objects) {
        this(person, objects, null, false, null);
    }
}
