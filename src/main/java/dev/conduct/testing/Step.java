package dev.conduct.testing;

import java.util.List;
import java.util.stream.Collectors;

/// One step of a case, as people write it: `action => expected`, one a line.
record Step(String action, String expected) {

    private static final String SO = "=>";

    static List<Step> read(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Step::of)
                .toList();
    }

    private static Step of(String line) {
        var so = line.indexOf(SO);
        return so < 0
                ? new Step(line, "")
                : new Step(
                        line.substring(0, so).strip(),
                        line.substring(so + SO.length()).strip());
    }

    static String written(List<Step> steps) {
        return steps.stream().map(Step::line).collect(Collectors.joining("\n"));
    }

    private String line() {
        return expected.isEmpty() ? action : action + " " + SO + " " + expected;
    }

    /// Whether it reads back as it was written.
    boolean plain() {
        return !action.isBlank() && read(line()).equals(List.of(this));
    }
}
