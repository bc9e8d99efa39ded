package dev.conduct.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The catalogue as a drawing: parts in columns, each to the right of what asks it, and lines where they meet.
record CatalogueMap(int width, int height, List<Box> boxes, List<Way> ways) {

    private static final int ACROSS = 280;
    private static final int DOWN = 96;
    private static final int WIDE = 150;
    private static final int HIGH = 44;

    /// Letters of a label that stand between two boxes; the table below the drawing has all of them.
    private static final int LETTERS = 21;

    record Box(String name, String kind, boolean outside, int x, int y) {

        String outline() {
            return "M%d %dh%dv%dh-%dz".formatted(x - WIDE / 2, y - HIGH / 2, WIDE, HIGH, WIDE);
        }
    }

    /// @param lacks what makes it a hole: an owner, a case; empty for none
    record Way(String path, String arrow, int x, int y, String label, String lacks) {

        boolean hole() {
            return !lacks.isEmpty();
        }
    }

    static CatalogueMap of(List<Catalogue.Node> nodes, List<Catalogue.Point> points) {
        var columns = columns(nodes, points);
        var filled = new HashMap<Integer, Integer>();
        var places = new HashMap<UUID, Box>();
        for (var node : nodes) {
            var column = columns.getOrDefault(node.id(), 0);
            var row = filled.merge(column, 1, Integer::sum) - 1;
            places.put(
                    node.id(),
                    new Box(
                            node.name(),
                            node.kind(),
                            node.kind().equals("third_party"),
                            20 + WIDE / 2 + column * ACROSS,
                            40 + HIGH / 2 + row * DOWN));
        }
        var between = new HashMap<String, Integer>();
        var ways = new ArrayList<Way>();
        for (var point : points) {
            var from = places.get(point.from());
            var to = places.get(point.to());
            if (from != null && to != null) {
                var same = between.merge(point.from() + " " + point.to(), 1, Integer::sum) - 1;
                ways.add(way(from, to, same, point));
            }
        }
        var wide = filled.keySet().stream().mapToInt(it -> it).max().orElse(0);
        var high = filled.values().stream().mapToInt(it -> it).max().orElse(1);
        return new CatalogueMap(
                WIDE + 60 + wide * ACROSS, 80 + HIGH + (high - 1) * DOWN, List.copyOf(places.values()), ways);
    }

    /// The longest way from a part that nobody asks; ways round in a circle are cut by the number of parts.
    private static Map<UUID, Integer> columns(List<Catalogue.Node> nodes, List<Catalogue.Point> points) {
        var columns = new HashMap<UUID, Integer>();
        nodes.forEach(node -> columns.put(node.id(), 0));
        var deepest = Math.min(5, nodes.size() - 1);
        for (var round = 0; round < nodes.size(); round++) {
            for (var point : points) {
                var next = columns.getOrDefault(point.from(), 0) + 1;
                if (!point.from().equals(point.to()) && next <= deepest && next > columns.getOrDefault(point.to(), 0)) {
                    columns.put(point.to(), next);
                }
            }
        }
        return columns;
    }

    private static Way way(Box from, Box to, int same, Catalogue.Point point) {
        var ahead = to.x() > from.x();
        var x1 = ahead ? from.x() + WIDE / 2 : from.x();
        var x2 = ahead ? to.x() - WIDE / 2 : to.x();
        var below = from.y() <= to.y();
        var y1 = ahead ? from.y() : from.y() + (below ? HIGH / 2 : -HIGH / 2);
        var y2 = ahead ? to.y() : to.y() + (below ? -HIGH / 2 : HIGH / 2);
        var bend = same * 28;
        var middle = (x1 + x2) / 2;
        var path = ahead
                ? "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, middle, y1 + bend, middle, y2 + bend, x2 - 6, y2)
                : "M%d %dC%d %d %d %d %d %d"
                        .formatted(x1, y1, x1 + 90 + bend, y1, x2 + 90 + bend, y2, x2, y2 + (below ? -6 : 6));
        var arrow = ahead
                ? "m%d %d 7 4 -7 4".formatted(x2 - 7, y2 - 4)
                : "m%d %d 4 %d 4 %d".formatted(x2 - 4, y2 + (below ? -7 : 7), below ? 7 : -7, below ? -7 : 7);
        return new Way(
                path,
                arrow,
                ahead ? middle : (x1 + x2) / 2 + 70 + bend / 2,
                (y1 + y2) / 2 + (ahead ? bend * 3 / 4 : 0) - 6,
                point.name().length() <= LETTERS ? point.name() : point.name().substring(0, LETTERS - 1) + "\u2026",
                lacks(point));
    }

    private static String lacks(Catalogue.Point point) {
        if (!point.hole()) {
            return "";
        }
        return point.owned() ? "no case" : point.cases() == 0 ? "no owner, no case" : "no owner";
    }
}
