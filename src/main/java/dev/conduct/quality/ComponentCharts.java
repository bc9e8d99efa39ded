package dev.conduct.quality;

import dev.conduct.quality.Chart.Point;
import dev.conduct.quality.ComponentRows.OfRun;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The lines of one component over the runs of its product. Two runs make a line.
final class ComponentCharts {

    private ComponentCharts() {}

    static @Nullable Chart passed(String product, List<OfRun> newestFirst) {
        var points = points(product, newestFirst, one -> one.decided() > 0, OfRun::passRate);
        return points.size() < 2 ? null : Chart.percent("Pass rate", points, Double.NaN);
    }

    static @Nullable Chart covered(String product, List<OfRun> newestFirst, long limit) {
        var points = points(product, newestFirst, one -> one.lines() > 0, OfRun::coverage);
        return points.size() < 2 ? null : Chart.percent("Line coverage", points, limit);
    }

    private static List<Point> points(
            String product, List<OfRun> newestFirst, Predicate<OfRun> told, ToDoubleFunction<OfRun> value) {
        return newestFirst.reversed().stream()
                .filter(told)
                .map(one -> new Point(
                        one.shortCommit(),
                        "/quality/" + product + "/runs/" + one.run(),
                        value.applyAsDouble(one),
                        Figures.percent(value.applyAsDouble(one))))
                .toList();
    }
}
