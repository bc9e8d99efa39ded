package dev.conduct.ledger;

import java.util.List;

/// An entry with all that proves it: who has this and the key needs nobody.
///
/// @param text the sealed bytes (UTF-8)
/// @param size events under the checkpoint it is proved against
/// @param path hashes of its inclusion proof in hex, from the leaf up
/// @param note the checkpoint, signed, with the lines of witnesses
/// @param key the verifier key of the log
public record ProvenEntry(
        long index, String text, String leaf, long size, String root, List<String> path, String note, String key) {}
