package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/// The rows of a CSV file with a header, one at a time. Every cell is text and stays text, formulas too.
final class CsvRows {

    /// @param line where the row begins; a quoted cell may run over several
    record Row(long line, Map<String, String> cells) {}

    interface Handler {
        void row(Row row);
    }

    private final SourceFile file;
    private final Mapping mapping;
    private final SourceReader.Receiver receiver;

    CsvRows(SourceFile file, Mapping mapping, SourceReader.Receiver receiver) {
        this.file = file;
        this.mapping = mapping;
        this.receiver = receiver;
    }

    /// @param needed roles without which nothing can be read
    void read(Set<String> needed, Handler handler) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(mapping.delimiter())
                .setHeader()
                .setSkipHeaderRecord(true)
                .setAllowMissingColumnNames(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
                .setIgnoreEmptyLines(true)
                .get();
        var line = 1L;
        try (var text = file.text(mapping.encoding());
                var parser = CSVParser.parse(text, format)) {
            check(parser.getHeaderNames(), needed);
            line = parser.getCurrentLineNumber() + 1;
            var rows = parser.iterator();
            while (rows.hasNext()) {
                var cells = rows.next();
                hand(line, cells, parser.getHeaderNames(), handler);
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException | IllegalStateException | CSVException | IllegalArgumentException broken) {
            receiver.broken(
                    file.at(line),
                    "The CSV breaks off in the row that begins here; nothing after it can be read: " + reason(broken));
        }
    }

    private static String reason(Exception broken) {
        var cause = broken.getCause() == null ? broken : broken.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void check(List<String> header, Set<String> needed) {
        var missing = mapping.columns().entrySet().stream()
                .filter(column -> !header.contains(column.getValue()))
                .map(column -> new FieldProblem(
                        "columns." + column.getKey(),
                        "no_such_column",
                        file.name() + " has no column `" + column.getValue() + "`. It has: "
                                + String.join(", ", header)))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.badInput(missing);
        }
        for (var role : needed) {
            if (mapping.column(role) == null) {
                throw Problem.badInput(
                        "columns." + role,
                        "missing_column",
                        "is not in the mapping. Say which column it is: " + String.join(", ", header));
            }
        }
    }

    private void hand(long line, CSVRecord record, List<String> header, Handler handler) {
        if (record.size() != header.size()) {
            receiver.broken(
                    file.at(line),
                    "The row has " + record.size() + " cells, the header " + header.size()
                            + ". A quote or a delimiter is missing or one too many.");
            return;
        }
        var cells = new LinkedHashMap<String, String>();
        for (var i = 0; i < header.size(); i++) {
            cells.put(header.get(i), record.get(i));
        }
        handler.row(new Row(line, cells));
    }
}
