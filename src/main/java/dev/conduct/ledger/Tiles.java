package dev.conduct.ledger;

import dev.conduct.ledger.verify.Frontier;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/// The hashes of the sealed tree, read from its tiles; what no full tile holds yet is worked out from the level below.
/// One instance serves one proof: it remembers what it read.
final class Tiles implements Nodes {

    static final int WIDTH = 256;
    static final int LEVELS_PER_TILE = 8;

    private final JdbcTemplate jdbc;
    private final Map<Place, List<byte[]>> read = new HashMap<>();

    private record Place(int level, long index) {}

    Tiles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public byte[] hash(int level, long index) {
        var tileLevel = level / LEVELS_PER_TILE;
        var below = level % LEVELS_PER_TILE;
        var first = index << below;
        var hashes = tile(tileLevel, first / WIDTH);
        var start = (int) (first % WIDTH);
        return root(hashes.subList(start, start + (1 << below)));
    }

    byte[] root(long size) {
        return Frontier.of(size, this).root();
    }

    /// As many of the hashes of a tile as exist.
    List<byte[]> tile(int level, long index) {
        var place = new Place(level, index);
        var known = read.get(place);
        if (known == null) {
            known = load(place);
            read.put(place, known);
        }
        return known;
    }

    private List<byte[]> load(Place place) {
        var full = jdbc.query(
                "select hashes from ledger.tile where level = ? and index = ?",
                (row, number) -> row.getBytes(1),
                place.level(),
                place.index());
        if (!full.isEmpty()) {
            return split(full.getFirst());
        }
        var first = place.index() * WIDTH;
        if (place.level() == 0) {
            return jdbc.query(
                    "select hash from ledger.leaf where index >= ? and index < ? order by index",
                    (row, number) -> row.getBytes(1),
                    first,
                    first + WIDTH);
        }
        return jdbc
                .query(
                        "select hashes from ledger.tile where level = ? and index >= ? and index < ? order by index",
                        (row, number) -> row.getBytes(1),
                        place.level() - 1,
                        first,
                        first + WIDTH)
                .stream()
                .map(hashes -> root(split(hashes)))
                .toList();
    }

    private static List<byte[]> split(byte[] hashes) {
        var list = new ArrayList<byte[]>(WIDTH);
        for (var at = 0; at < hashes.length; at += Merkle.LENGTH) {
            list.add(Arrays.copyOfRange(hashes, at, at + Merkle.LENGTH));
        }
        return list;
    }

    /// The root over a power of two of hashes.
    static byte[] root(List<byte[]> hashes) {
        var level = hashes;
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>(level.size() / 2);
            for (var i = 0; i < level.size(); i += 2) {
                above.add(Merkle.node(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }
}
