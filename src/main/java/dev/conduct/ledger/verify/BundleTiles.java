package dev.conduct.ledger.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// The tiles of a bundle that holds a whole log. Where those of the lowest level lead to the signed root they are the
/// leaves that were signed, and an entry that differs is known by name.
final class BundleTiles {

    static final int WIDTH = 256;

    private final ZipFile zip;
    private final byte @Nullable [] signedLeaves;

    private BundleTiles(ZipFile zip, byte @Nullable [] signedLeaves) {
        this.zip = zip;
        this.signedLeaves = signedLeaves;
    }

    static BundleTiles of(ZipFile zip, Checkpoint checkpoint) throws IOException {
        var tree = new Frontier();
        var leaves = new byte[Math.toIntExact(checkpoint.size() * Merkle.LENGTH)];
        for (var start = 0; start < checkpoint.size(); start += WIDTH) {
            var width = (int) Math.min(WIDTH, checkpoint.size() - start);
            var tile = zip.getEntry(Bundle.tileName(0, start / WIDTH, width));
            if (tile == null || tile.getSize() != (long) width * Merkle.LENGTH) {
                return new BundleTiles(zip, null);
            }
            try (var in = zip.getInputStream(tile)) {
                in.readNBytes(leaves, start * Merkle.LENGTH, width * Merkle.LENGTH);
            }
            for (var i = start; i < start + width; i++) {
                tree.append(Arrays.copyOfRange(leaves, i * Merkle.LENGTH, (i + 1) * Merkle.LENGTH));
            }
        }
        return new BundleTiles(zip, Arrays.equals(tree.root(), checkpoint.root()) ? leaves : null);
    }

    /// @throws Broken when the leaf at this index is known and is another
    void mustFit(long index, byte[] leaf) throws Broken {
        if (signedLeaves == null) {
            return;
        }
        var from = Math.toIntExact(index * Merkle.LENGTH);
        if (from >= signedLeaves.length) {
            throw Broken.at(index, "Entry " + index + " stands after the last that was signed.");
        }
        if (!Arrays.equals(signedLeaves, from, from + Merkle.LENGTH, leaf, 0, Merkle.LENGTH)) {
            throw Broken.at(
                    index,
                    "Entry " + index + " is not the one that was signed: it was changed, or another was put in its"
                            + " place.");
        }
    }

    /// Every tile there is holds the hashes of these leaves, and nothing else.
    void mustHold(List<byte[]> leaves) throws IOException, Broken {
        var expected = new HashMap<String, byte[]>();
        var hashes = leaves;
        for (var level = 0; !hashes.isEmpty(); level++) {
            var above = new ArrayList<byte[]>();
            for (var start = 0; start < hashes.size(); start += WIDTH) {
                var tile = hashes.subList(start, Math.min(start + WIDTH, hashes.size()));
                expected.put(Bundle.tileName(level, start / WIDTH, tile.size()), joined(tile));
                if (tile.size() == WIDTH) {
                    var subtree = new Frontier();
                    tile.forEach(subtree::append);
                    above.add(subtree.root());
                }
            }
            hashes = above;
        }
        for (var file :
                zip.stream().filter(file -> file.getName().startsWith("tile/")).toList()) {
            try (var in = zip.getInputStream(file)) {
                if (!Arrays.equals(expected.get(file.getName()), in.readAllBytes())) {
                    throw new Broken(null, "The tile " + file.getName() + " does not hold the hashes of the entries.");
                }
            }
        }
    }

    private static byte[] joined(List<byte[]> hashes) {
        var joined = new byte[hashes.size() * Merkle.LENGTH];
        for (var i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i), 0, joined, i * Merkle.LENGTH, Merkle.LENGTH);
        }
        return joined;
    }
}
