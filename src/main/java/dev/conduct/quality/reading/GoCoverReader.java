package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/// Go's cover profiles, several of them one after the other too. A line is covered when a block on it is.
final class GoCoverReader implements KindReader {

    private static final Pattern BLOCK =
            Pattern.compile("(.+):(\\d{1,9})\\.\\d{1,9},(\\d{1,9})\\.\\d{1,9} (\\d{1,9}) (\\d{1,15})");
    private static final int LONGEST = 100_000;

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException {
        var book = new CoverageBook();
        var lines = new TextLines(bytes);
        var line = lines.next();
        while (line != null) {
            if (!line.isEmpty() && !line.startsWith("mode: ")) {
                block(line, lines.number(), book);
            }
            line = lines.next();
        }
        book.tell(receiver);
    }

    private static void block(String line, long number, CoverageBook book) {
        var block = BLOCK.matcher(line);
        if (line.length() > 4000 || !block.matches()) {
            throw Refusal.broken("line " + number + " is no block of a cover profile");
        }
        var page = book.page(block.group(1));
        var first = Long.parseLong(block.group(2));
        var last = Long.parseLong(block.group(3));
        var hit = Long.parseLong(block.group(5)) > 0;
        if (last < first || last - first > LONGEST) {
            throw Refusal.broken("the block of line " + number + " ends before it begins, or never");
        }
        var statements = Long.parseLong(block.group(4));
        page.statements(hit ? statements : 0, statements);
        for (var at = first; at <= last; at++) {
            page.line(at, hit);
        }
    }
}
