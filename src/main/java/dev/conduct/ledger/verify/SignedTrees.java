package dev.conduct.ledger.verify;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;

/// All that was ever signed, by size; and the trees it is compared with as they grow.
final class SignedTrees {

    private record Signed(byte[] root, String where) {}

    private final TreeMap<Long, Signed> bySize = new TreeMap<>();
    private final Frontier tree = new Frontier();
    private long lastGood;

    /// @param where in words, for the message
    void add(Checkpoint checkpoint, String where) throws Broken {
        add(checkpoint.size(), checkpoint.root(), where);
    }

    void add(long size, byte[] root, String where) throws Broken {
        var before = bySize.putIfAbsent(size, new Signed(root, where));
        if (before != null && !Arrays.equals(before.root(), root)) {
            throw new Broken(
                    null,
                    "Two trees of " + size + " entries were signed: " + before.where() + " and " + where
                            + " have different roots.");
        }
    }

    void append(byte[] leaf) throws Broken {
        tree.append(leaf);
        var signed = bySize.get(tree.size());
        if (signed == null) {
            return;
        }
        if (!Arrays.equals(signed.root(), tree.root())) {
            throw Broken.at(
                    lastGood,
                    "The first " + tree.size() + " entries have the root "
                            + HexFormat.of().formatHex(tree.root()) + ", but " + signed.where() + " is signed over "
                            + HexFormat.of().formatHex(signed.root()) + ". One of the entries " + lastGood + " to "
                            + (tree.size() - 1) + " was changed, removed, inserted or moved.");
        }
        lastGood = tree.size();
    }

    /// After the last entry: nothing signed may be larger than what is there.
    void end() throws Broken {
        if (!bySize.isEmpty() && bySize.lastKey() > tree.size()) {
            var last = bySize.lastEntry();
            throw Broken.at(
                    tree.size(),
                    "The log ends after " + tree.size() + " entries, but "
                            + last.getValue().where() + " is signed over " + last.getKey() + ": the end was cut off.");
        }
        var empty = bySize.get(0L);
        if (empty != null && !Arrays.equals(empty.root(), Merkle.empty())) {
            throw new Broken(null, "A checkpoint over nothing has a root.");
        }
    }

    int count() {
        return bySize.size();
    }

    long size() {
        return tree.size();
    }

    long lastSigned() {
        return bySize.isEmpty() ? 0 : bySize.lastKey();
    }

    String root() {
        return HexFormat.of()
                .formatHex(
                        bySize.isEmpty()
                                ? tree.root()
                                : bySize.lastEntry().getValue().root());
    }
}
