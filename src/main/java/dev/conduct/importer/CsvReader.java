package dev.conduct.importer;

import dev.conduct.importer.CsvRows.Row;
import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A list of issues in CSV: one row, one issue. A list tells the present state, not how it came about.
final class CsvReader implements SourceReader {

    private static final Set<String> STRUCTURE =
            Set.of("id", "title", "description", "state", "resolution", "created", "resolved", "changed", "reporter");

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        new CsvRows(file, mapping, receiver).read(Set.of("id", "title", "state", "created"), row -> {
            try {
                receiver.issue(issue(file.at(row.line()), row, mapping));
            } catch (BrokenRecord broken) {
                receiver.broken(file.at(row.line()), broken.says());
            }
        });
    }

    private static SourceIssue issue(String at, Row row, Mapping mapping) {
        var id = cell(row, mapping, "id").orElseThrow(() -> new BrokenRecord("The row has no id."));
        var created = cell(row, mapping, "created")
                .map(text -> Times.of("created", text, mapping.dates(), mapping.zone()))
                .orElseThrow(() -> new BrokenRecord(id + " does not say when it was created."));
        var lost = new LinkedHashMap<String, Integer>();
        lost.put("states between creation and now (a list tells the present state only)", 1);
        for (var entry : row.cells().entrySet()) {
            if (!mapping.columns().containsValue(entry.getKey()) && !mapping.isNull(entry.getValue())) {
                lost.merge("column " + entry.getKey(), 1, Integer::sum);
            }
        }
        var resolved =
                cell(row, mapping, "resolved").map(text -> Times.of("resolved", text, mapping.dates(), mapping.zone()));
        var changed =
                cell(row, mapping, "changed").map(text -> Times.of("changed", text, mapping.dates(), mapping.zone()));
        var moved = resolved.or(() -> changed).orElse(created);
        var changes = new ArrayList<Change>();
        var known = known(row, mapping);
        for (var field : List.of("resolution", "state")) {
            var value = known.get(field);
            if (value != null) {
                changes.add(new Change(moved, null, field, null, value, resolved.isPresent()));
            }
        }
        return new SourceIssue(
                id,
                at,
                cell(row, mapping, "title").orElse(""),
                cell(row, mapping, "description").orElse(""),
                known,
                cell(row, mapping, "reporter")
                        .map(name -> new Author(name, name))
                        .orElse(null),
                created,
                changes,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                lost,
                Map.of());
    }

    private static Map<String, String> known(Row row, Mapping mapping) {
        var known = new LinkedHashMap<String, String>();
        for (var role : mapping.columns().keySet()) {
            if (!STRUCTURE.contains(role) || role.equals("state") || role.equals("resolution")) {
                cell(row, mapping, role).ifPresent(value -> known.put(role, value));
            }
        }
        return known;
    }

    private static Optional<String> cell(Row row, Mapping mapping, String role) {
        var column = mapping.column(role);
        return Optional.ofNullable(column == null ? null : row.cells().get(column))
                .filter(value -> !mapping.isNull(value));
    }
}
