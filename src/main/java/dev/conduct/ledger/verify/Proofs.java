package dev.conduct.ledger.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Proofs of RFC 6962, section 2.1: that an entry is in a tree, and that a tree is the beginning of a later one.
/// Checking follows RFC 9162, sections 2.1.3.2 and 2.1.4.2.
public final class Proofs {

    private Proofs() {}

    /// The hashes that lead from leaf `index` to the root of the first `size` leaves.
    public static List<byte[]> inclusion(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("entry " + index + " is not in a tree of " + size);
        }
        var path = new ArrayList<byte[]>();
        var start = 0L;
        var end = size;
        var turns = new ArrayList<long[]>();
        while (end - start > 1) {
            var middle = start + split(end - start);
            if (index < middle) {
                turns.add(new long[] {middle, end});
                end = middle;
            } else {
                turns.add(new long[] {start, middle});
                start = middle;
            }
        }
        for (var turn : turns.reversed()) {
            path.add(root(turn[0], turn[1], nodes));
        }
        return path;
    }

    /// The hashes that prove the tree of `from` leaves to be the beginning of the tree of `to`; empty when either
    /// is trivial.
    public static List<byte[]> consistency(long from, long to, Nodes nodes) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("a tree of " + to + " does not begin with one of " + from);
        }
        var proof = new ArrayList<byte[]>();
        if (from > 0 && from < to) {
            subproof(from, 0, to, true, nodes, proof);
        }
        return proof;
    }

    private static void subproof(long from, long start, long end, boolean whole, Nodes nodes, List<byte[]> proof) {
        if (from == end - start) {
            if (!whole) {
                proof.add(root(start, end, nodes));
            }
            return;
        }
        var half = split(end - start);
        if (from <= half) {
            subproof(from, start, start + half, whole, nodes, proof);
            proof.add(root(start + half, end, nodes));
        } else {
            subproof(from - half, start + half, end, false, nodes, proof);
            proof.add(root(start, start + half, nodes));
        }
    }

    /// The root of the leaves `[start, end)`, where start is a multiple of the largest power of two below the length.
    public static byte[] root(long start, long end, Nodes nodes) {
        var length = end - start;
        if (length == 0) {
            return Merkle.empty();
        }
        if (Long.bitCount(length) == 1) {
            var level = Long.numberOfTrailingZeros(length);
            return nodes.hash(level, start >> level);
        }
        var middle = start + split(length);
        return Merkle.node(root(start, middle, nodes), root(middle, end, nodes));
    }

    /// The largest power of two smaller than n.
    private static long split(long n) {
        return Long.highestOneBit(n - 1);
    }

    public static boolean includes(byte[] root, long size, long index, byte[] leaf, List<byte[]> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        var fn = index;
        var sn = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = Merkle.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(hash, root);
    }

    public static boolean consistent(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
        if (from < 0 || from > to) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        if (from == 0) {
            return proof.isEmpty() && Arrays.equals(fromRoot, Merkle.empty());
        }
        var path = new ArrayList<>(proof);
        if (Long.bitCount(from) == 1) {
            path.addFirst(fromRoot);
        }
        if (path.isEmpty()) {
            return false;
        }
        var fn = from - 1;
        var sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var first = path.getFirst();
        var second = path.getFirst();
        for (var sibling : path.subList(1, path.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                first = Merkle.node(sibling, first);
                second = Merkle.node(sibling, second);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                second = Merkle.node(second, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Arrays.equals(first, fromRoot) && Arrays.equals(second, toRoot);
    }
}
