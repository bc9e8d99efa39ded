package dev.conduct.identity;

import java.util.Set;

/// A person was erased; published in the transaction that does it. Whoever keeps something of people takes it away.
///
/// @param person as the ledger writes it
/// @param objects in whose histories the person's words stood, as the ledger writes them: `item:APP-12`
public record PersonErased(String person, Set<String> objects) {}
