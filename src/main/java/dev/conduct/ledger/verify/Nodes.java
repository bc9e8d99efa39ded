package dev.conduct.ledger.verify;

/// Where the hashes of complete subtrees are read from.
@FunctionalInterface
public interface Nodes {

    /// The root of the leaves `[index * 2^level, (index + 1) * 2^level)`, all of which exist.
    byte[] hash(int level, long index);
}
