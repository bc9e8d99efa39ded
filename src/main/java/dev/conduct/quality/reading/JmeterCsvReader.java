package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// JMeter's result files in CSV. Which columns there are is configurable; the label and the success must be.
final class JmeterCsvReader implements KindReader {

    private static final int LONGEST = 1 << 20;
    private static final int MOST_CELLS = 200;

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException {
        try (var rows = new Rows(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16))) {
            var header = rows.next();
            var label = header.indexOf("label");
            var success = header.indexOf("success");
            var elapsed = header.indexOf("elapsed");
            var at = header.indexOf("timeStamp");
            if (label < 0 || success < 0) {
                throw Refusal.broken("its first line names no column label or success");
            }
            var cells = rows.next();
            while (!cells.isEmpty()) {
                if (cells.size() <= Math.max(label, success)) {
                    throw Refusal.broken("line " + rows.line + " has fewer cells than the first one");
                }
                var took = elapsed < 0 || elapsed >= cells.size() ? Double.NaN : Text.number(cells.get(elapsed));
                receiver.take(new Sample(
                        Text.bounded(cells.get(label), Text.NAME),
                        cells.get(success).equalsIgnoreCase("true"),
                        at < 0 || at >= cells.size() ? 0 : Text.whole(cells.get(at)),
                        Double.isNaN(took) ? -1 : took,
                        false));
                cells = rows.next();
            }
        }
    }

    /// Rows of RFC 4180 whose cells are not endless.
    private static final class Rows implements AutoCloseable {

        private final Reader reader;
        private long line = 1;

        private Rows(Reader reader) {
            this.reader = reader;
        }

        /// Empty at the end; blank lines are left out.
        private List<String> next() throws IOException {
            var cells = new ArrayList<String>();
            var cell = new StringBuilder();
            var quoted = false;
            var before = -1;
            while (true) {
                var letter = reader.read();
                if (letter < 0 && quoted) {
                    throw Refusal.broken("a quoted cell of line " + line + " does not end");
                }
                if (letter < 0 || letter == '\n' && !quoted) {
                    line++;
                    if (!cells.isEmpty() || !cell.toString().isBlank()) {
                        cells.add(cell.toString().strip());
                        return cells;
                    }
                    if (letter < 0) {
                        return List.of();
                    }
                    cell.setLength(0);
                } else if (letter == '"') {
                    if (!quoted && before == '"') {
                        cell.append('"');
                    }
                    quoted = !quoted;
                } else if (letter == ',' && !quoted) {
                    cells.add(cell.toString().strip());
                    cell.setLength(0);
                } else if (letter != 0xFEFF) {
                    cell.append((char) letter);
                }
                before = letter;
                if (cell.length() > LONGEST || cells.size() > MOST_CELLS) {
                    throw Refusal.broken("line " + line + " does not end");
                }
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
