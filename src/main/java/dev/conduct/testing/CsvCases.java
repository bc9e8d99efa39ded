package dev.conduct.testing;

import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/// Cases from a CSV file with a header. A row with neither reference nor title goes on with the case above it, as
/// tools write one step a row.
final class CsvCases {

    private static final Map<String, Set<String>> ALIKE = Map.of(
            "reference", Set.of("reference", "id", "key", "case id", "test id"),
            "title", Set.of("title", "name", "summary", "test case"),
            "preconditions", Set.of("preconditions", "precondition", "prerequisites"),
            "steps", Set.of("steps", "step", "action", "test steps"),
            "expected", Set.of("expected", "expected result", "expected results"),
            "data", Set.of("data", "test data"),
            "edge_class", Set.of("edge_class", "edge class", "type"),
            "automation", Set.of("automation", "automation id", "automated test"),
            "requirement", Set.of("requirement", "requirements", "issue"),
            "component", Set.of("component", "section"));

    private CsvCases() {}

    /// What the columns are called.
    ///
    /// @throws Problem 400 when it is no CSV
    static List<String> header(String text) {
        try (var parser = parser(text)) {
            return parser.getHeaderNames();
        } catch (IOException | IllegalArgumentException | UncheckedIOException broken) {
            throw broken(1, broken);
        }
    }

    /// Which column is probably which field.
    static Map<String, String> guess(List<String> header) {
        var guess = new LinkedHashMap<String, String>();
        for (var field : CaseDraft.FIELDS) {
            header.stream()
                    .filter(column -> ALIKE.getOrDefault(field, Set.of(field.replace('_', ' '), "integration " + field))
                            .contains(column.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .ifPresent(column -> guess.put(field, column));
        }
        return guess;
    }

    /// @param columns by field, the column that tells it
    /// @throws Problem 400 naming the line at which it breaks off, or a column that is not there
    static List<CaseDraft> read(String text, Map<String, String> columns) {
        var drafts = new ArrayList<CaseDraft>();
        var line = 1L;
        try (var parser = parser(text)) {
            check(columns, parser.getHeaderNames());
            line = parser.getCurrentLineNumber() + 1;
            var rows = parser.iterator();
            while (rows.hasNext()) {
                take(drafts, rows.next(), line, columns);
                line = parser.getCurrentLineNumber() + 1;
            }
            return drafts;
        } catch (IOException | IllegalArgumentException | IllegalStateException | UncheckedIOException broken) {
            throw broken(line, broken);
        }
    }

    private static Problem broken(long line, Exception cause) {
        return Problem.badInput(
                "line " + line, "broken", "The CSV breaks off in the row that begins here: " + cause.getMessage());
    }

    private static CSVParser parser(String text) throws IOException {
        var first = text.lines().findFirst().orElse("");
        var semicolons = first.chars().filter(it -> it == ';').count()
                > first.chars().filter(it -> it == ',').count();
        return CSVParser.parse(
                new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text),
                CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(semicolons ? ";" : ",")
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setAllowMissingColumnNames(true)
                        .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                        .setIgnoreEmptyLines(true)
                        .get());
    }

    private static void check(Map<String, String> columns, List<String> header) {
        var checks = new Checks();
        columns.forEach((field, column) -> {
            if (!CaseDraft.FIELDS.contains(field)) {
                checks.wrong(
                        "columns." + field, "unknown", "is no field. Fields: " + String.join(", ", CaseDraft.FIELDS));
            } else if (!header.contains(column)) {
                checks.wrong(
                        "columns." + field,
                        "no_such_column",
                        "There is no column " + column + ". There are: " + String.join(", ", header));
            }
        });
        if (!columns.containsKey("title")) {
            checks.wrong("columns.title", "missing", "Say which column holds the title.");
        }
        checks.done();
    }

    private static void take(List<CaseDraft> drafts, CSVRecord row, long line, Map<String, String> columns) {
        var begins = !cell(row, columns, "title").isEmpty()
                || !cell(row, columns, "reference").isEmpty();
        if (begins || drafts.isEmpty()) {
            drafts.add(new CaseDraft(line));
            for (var field : columns.keySet()) {
                if (!field.equals("steps") && !field.equals("expected")) {
                    drafts.getLast().fields().put(field, cell(row, columns, field));
                }
            }
        }
        steps(drafts.getLast(), cell(row, columns, "steps"), cell(row, columns, "expected"));
    }

    private static void steps(CaseDraft draft, String actions, String expected) {
        var wanted = expected.lines().toList();
        var at = 0;
        for (var action :
                actions.lines().map(String::strip).filter(it -> !it.isEmpty()).toList()) {
            var so = at < wanted.size() ? wanted.get(at).strip() : "";
            draft.add("steps", so.isEmpty() ? action : action + " => " + so);
            at++;
        }
    }

    private static String cell(CSVRecord row, Map<String, String> columns, String field) {
        var column = columns.get(field);
        return column == null || !row.isSet(column)
                ? ""
                : row.get(column).strip().replace("\r\n", "\n");
    }
}
