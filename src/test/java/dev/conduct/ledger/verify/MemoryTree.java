package dev.conduct.ledger.verify;

import java.util.List;

/// A tree worked out from all its leaves each time, by the definition of RFC 6962 and nothing cleverer.
record MemoryTree(List<byte[]> leaves) implements Nodes {

    @Override
    public byte[] hash(int level, long index) {
        return level == 0
                ? leaves.get((int) index)
                : Merkle.node(hash(level - 1, index * 2), hash(level - 1, index * 2 + 1));
    }

    byte[] root(int start, int end) {
        if (end == start) {
            return Merkle.empty();
        }
        if (end - start == 1) {
            return leaves.get(start);
        }
        var half = Integer.highestOneBit(end - start - 1);
        return Merkle.node(root(start, start + half), root(start + half, end));
    }
}
