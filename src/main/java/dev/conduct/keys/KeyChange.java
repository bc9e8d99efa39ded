package dev.conduct.keys;

/// Something was done to keys; published in the transaction that does it, so that it can be recorded with it.
///
/// @param action `begin` (a new key, everything is brought under it), `finish`, `destroy`, `rewrap` (another root key)
/// @param purpose its word, `root` for the root key
/// @param key the id of the key that is meant
/// @param by who did it, as the ledger writes it
/// @param via the way it came in
public record KeyChange(String action, String purpose, String key, String by, String via) {}
