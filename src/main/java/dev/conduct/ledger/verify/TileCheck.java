package dev.conduct.ledger.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the stored tiles with the hashes they must hold, as these come.
final class TileCheck {

    private static final int WIDTH = 256;

    private final Connection connection;
    private final List<List<byte[]>> open = new ArrayList<>();
    private final List<Long> full = new ArrayList<>();
    private final List<byte @Nullable []> stored = new ArrayList<>();

    TileCheck(Connection connection) {
        this.connection = connection;
    }

    void append(byte[] leaf) throws SQLException, Broken {
        append(0, leaf);
    }

    private void append(int level, byte[] hash) throws SQLException, Broken {
        if (open.size() == level) {
            open.add(new ArrayList<>());
            full.add(0L);
            stored.add(null);
        }
        var hashes = open.get(level);
        var index = full.get(level);
        if (hashes.isEmpty()) {
            stored.set(level, load(level, index));
        }
        compare(level, index, hashes.size(), hash);
        hashes.add(hash);
        if (hashes.size() < WIDTH) {
            return;
        }
        if (stored.get(level) == null) {
            var entry = index * WIDTH << 8 * level;
            throw Broken.at(
                    entry,
                    "Tile " + level + "/" + index + " of the tree, over entry " + entry
                            + " and those that follow, is not there.");
        }
        full.set(level, index + 1);
        var subtree = new Frontier();
        hashes.forEach(subtree::append);
        hashes.clear();
        append(level + 1, subtree.root());
    }

    private byte @Nullable [] load(int level, long index) throws SQLException {
        try (var statement =
                connection.prepareStatement("select hashes from ledger.tile where level = ? and index = ?")) {
            statement.setInt(1, level);
            statement.setLong(2, index);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private void compare(int level, long index, int place, byte[] hash) throws Broken {
        var tile = stored.get(level);
        var from = place * Merkle.LENGTH;
        if (tile != null && !Arrays.equals(tile, from, from + Merkle.LENGTH, hash, 0, Merkle.LENGTH)) {
            var entry = index * WIDTH + place << 8 * level;
            throw Broken.at(
                    entry,
                    "Entry " + entry + " is not the one that was sealed: tile " + level + "/" + index
                            + " of the tree holds another hash in its place (" + hex(tile, from) + ").");
        }
    }

    private static String hex(byte[] stored, int from) {
        return HexFormat.of().formatHex(stored, from, from + Merkle.LENGTH);
    }

    /// No tile beyond those that are full.
    void end() throws SQLException, Broken {
        try (var statement = connection.prepareStatement("select level, count(*) from ledger.tile group by level");
                var row = statement.executeQuery()) {
            while (row.next()) {
                var level = row.getInt(1);
                var expected = level < full.size() ? full.get(level) : 0L;
                if (row.getLong(2) != expected) {
                    throw Broken.at(
                            expected * WIDTH << 8 * level,
                            "The tree has " + row.getLong(2) + " tiles of level " + level + ", but " + expected
                                    + " full ones by its entries: the end was cut off.");
                }
            }
        }
    }
}
