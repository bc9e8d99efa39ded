package dev.conduct.ledger.verify;

import java.util.ArrayList;
import java.util.List;

/// The right edge of a growing tree: the roots of its complete subtrees, largest first. Enough to append and to know
/// the root, at most 63 hashes for any size.
public final class Frontier {

    private final List<byte[]> peaks;
    private long size;

    public Frontier() {
        this(0, List.of());
    }

    /// @param peaks the roots of the complete subtrees that `size` is made of, largest first
    public Frontier(long size, List<byte[]> peaks) {
        if (Long.bitCount(size) != peaks.size()) {
            throw new IllegalArgumentException("a tree of " + size + " has " + Long.bitCount(size) + " peaks");
        }
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
    }

    /// The tree that `nodes` holds, at a size.
    public static Frontier of(long size, Nodes nodes) {
        var peaks = new ArrayList<byte[]>();
        var start = 0L;
        for (var level = 62; level >= 0; level--) {
            if ((size >> level & 1) == 1) {
                peaks.add(nodes.hash(level, start >> level));
                start += 1L << level;
            }
        }
        return new Frontier(size, peaks);
    }

    public void append(byte[] leaf) {
        var hash = leaf;
        for (var rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Merkle.node(peaks.removeLast(), hash);
        }
        peaks.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        if (peaks.isEmpty()) {
            return Merkle.empty();
        }
        var root = peaks.getLast();
        for (var i = peaks.size() - 2; i >= 0; i--) {
            root = Merkle.node(peaks.get(i), root);
        }
        return root;
    }

    public Frontier copy() {
        return new Frontier(size, peaks);
    }
}
