package dev.conduct.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A line over runs, drawn by the template as SVG, with its numbers for a table.
///
/// @param label one sentence that says what the line shows
/// @param points `x,y` in a square of 100
/// @param scale what stands at the left, from the top down
/// @param limit height of the limit's line, negative when there is none
record Chart(String label, String points, List<String> scale, List<Number> numbers, double limit) {

    /// One point.
    ///
    /// @param of what it is of, a commit for example
    record Number(String of, String href, String value) {}

    /// A value and its words.
    record Point(String of, String href, double value, String says) {}

    String first() {
        return numbers.getFirst().of();
    }

    String last() {
        return numbers.getLast().of();
    }

    /// @param points oldest first, at least two
    /// @param low the foot of the chart
    /// @param high its head
    static Chart of(String label, List<Point> points, double low, double high, List<String> scale, double limit) {
        var line = new ArrayList<String>();
        for (var at = 0; at < points.size(); at++) {
            line.add(String.format(
                    Locale.ROOT,
                    "%.2f,%.2f",
                    100.0 * at / Math.max(1, points.size() - 1),
                    height(points.get(at).value(), low, high)));
        }
        return new Chart(
                label,
                String.join(" ", line),
                scale,
                points.stream()
                        .map(point -> new Number(point.of(), point.href(), point.says()))
                        .toList(),
                Double.isNaN(limit) ? -1 : height(limit, low, high));
    }

    private static double height(double value, double low, double high) {
        return high == low ? 50 : 100 - 100 * Math.clamp((value - low) / (high - low), 0, 1);
    }

    /// Per cent, on a scale that begins at the ten below the least.
    static Chart percent(String what, List<Point> points, double limit) {
        var least = points.stream().mapToDouble(Point::value).min().orElse(0);
        var most = points.stream().mapToDouble(Point::value).max().orElse(100);
        var low = Math.clamp(Math.floor((least - 0.01) / 10) * 10, 0, 90);
        var step = (100 - low) / 2;
        return of(
                what + " between " + Figures.percent(least) + " and " + Figures.percent(most) + " over " + points.size()
                        + " runs",
                points,
                low,
                100,
                List.of("100 %", Math.round(100 - step) + "", Math.round(low) + ""),
                limit);
    }

    /// How many, or how much, from nothing on.
    static Chart counted(String what, List<Point> points) {
        var least = points.stream()
                .min(java.util.Comparator.comparingDouble(Point::value))
                .orElseThrow();
        var most = points.stream()
                .max(java.util.Comparator.comparingDouble(Point::value))
                .orElseThrow();
        var high = Math.max(1, most.value());
        return of(
                what + " between " + least.says() + " and " + most.says() + " over " + points.size() + " runs",
                points,
                0,
                high,
                List.of(most.value() < 1 ? "1" : most.says(), "0"),
                Double.NaN);
    }

    /// Time in microseconds, from nothing on.
    static Chart took(String what, List<Point> points) {
        var least = points.stream().mapToDouble(Point::value).min().orElse(0);
        var most = Math.max(1, points.stream().mapToDouble(Point::value).max().orElse(1));
        return of(
                what + " between " + Figures.took((long) least) + " and " + Figures.took((long) most) + " over "
                        + points.size() + " runs",
                points,
                0,
                most,
                List.of(Figures.took((long) most), Figures.took((long) (most / 2)), "0"),
                Double.NaN);
    }
}
