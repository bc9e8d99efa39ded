package dev.conduct.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Rectangles whose areas are as their weights, as square as they can be (Bruls, Huizing, van Wijk 2000).
final class Treemap {

    private static final double WIDE = 1.9;

    private Treemap() {}

    /// Where the tile of the n-th weight lies, in per cent of the whole.
    record Tile(int item, double left, double top, double width, double height) {

        String style() {
            return String.format(
                    Locale.ROOT, "left: %.2f%%; top: %.2f%%; width: %.2f%%; height: %.2f%%", left, top, width, height);
        }
    }

    private record Weight(int item, double area) {}

    /// @param weights each more than 0
    static List<Tile> of(List<Long> weights) {
        var sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return List.of();
        }
        var sorted = new ArrayList<Weight>();
        for (var item = 0; item < weights.size(); item++) {
            sorted.add(new Weight(item, weights.get(item) * 100.0 * WIDE * 100.0 / sum));
        }
        sorted.sort(Comparator.comparingDouble((Weight weight) -> -weight.area()));
        var tiles = new ArrayList<Tile>();
        double left = 0;
        double top = 0;
        double width = 100 * WIDE;
        double height = 100;
        var at = 0;
        while (at < sorted.size()) {
            var side = Math.min(width, height);
            var end = at + 1;
            while (end < sorted.size()
                    && worst(sorted.subList(at, end + 1), side) <= worst(sorted.subList(at, end), side)) {
                end++;
            }
            var row = sorted.subList(at, end);
            var depth = area(row) / side;
            double along = 0;
            for (var weight : row) {
                var length = weight.area() / depth;
                tiles.add(
                        width >= height
                                ? tile(weight.item(), left, top + along, depth, length)
                                : tile(weight.item(), left + along, top, length, depth));
                along += length;
            }
            if (width >= height) {
                left += depth;
                width -= depth;
            } else {
                top += depth;
                height -= depth;
            }
            at = end;
        }
        return tiles;
    }

    private static Tile tile(int item, double left, double top, double width, double height) {
        return new Tile(item, left / WIDE, top, width / WIDE, height);
    }

    private static double area(List<Weight> row) {
        return row.stream().mapToDouble(Weight::area).sum();
    }

    private static double worst(List<Weight> row, double side) {
        var area = area(row);
        return Math.max(
                side * side * row.getFirst().area() / (area * area),
                area * area / (side * side * row.getLast().area()));
    }
}
