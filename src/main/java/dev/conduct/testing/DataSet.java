package dev.conduct.testing;

import java.util.List;
import java.util.stream.Collectors;

/// Values a case is run with, as people write them: `name: values`, one set a line.
record DataSet(String name, String values) {

    static List<DataSet> read(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(DataSet::of)
                .toList();
    }

    private static DataSet of(String line) {
        var colon = line.indexOf(':');
        return colon < 0
                ? new DataSet(line, "")
                : new DataSet(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
    }

    static String written(List<DataSet> sets) {
        return sets.stream()
                .map(set -> set.values().isEmpty() ? set.name() : set.name() + ": " + set.values())
                .collect(Collectors.joining("\n"));
    }

    boolean plain() {
        return !name.isBlank() && read(written(List.of(this))).equals(List.of(this));
    }
}
