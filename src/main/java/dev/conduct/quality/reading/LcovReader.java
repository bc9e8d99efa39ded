package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Part;
import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// LCOV trace files. The statements are its `DA` records: a line of two functions has two.
final class LcovReader implements KindReader {

    private static final int MOST_BRANCHES = 500_000;

    private final CoverageBook book = new CoverageBook();
    private final Map<Long, Part> branches = new HashMap<>();
    private CoverageBook.@Nullable Page page;

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException {
        var lines = new TextLines(bytes);
        var line = lines.next();
        while (line != null) {
            take(line, lines.number());
            line = lines.next();
        }
        if (page != null) {
            throw Refusal.broken("its last file has no end_of_record");
        }
        if (book.isEmpty()) {
            throw Refusal.broken("it names no file");
        }
        book.tell(receiver);
    }

    private void take(String line, long number) {
        var colon = line.indexOf(':');
        var key = colon < 0 ? line : line.substring(0, colon);
        var rest = colon < 0 ? "" : line.substring(colon + 1);
        switch (key) {
            case "SF" -> {
                if (page != null) {
                    throw Refusal.broken("a file begins in line " + number + " before the last one ended");
                }
                page = book.page(rest);
            }
            case "DA" -> line(inside(number), rest, number);
            case "BRDA" -> branch(rest, number);
            case "end_of_record" -> {
                var ended = inside(number);
                branches.forEach((at, part) -> ended.branches(at, part.covered(), part.total()));
                branches.clear();
                page = null;
            }
            case "",
                    "TN",
                    "VER",
                    "FN",
                    "FNDA",
                    "FNL",
                    "FNA",
                    "FNF",
                    "FNH",
                    "LF",
                    "LH",
                    "BRF",
                    "BRH",
                    "MCDC",
                    "MCF",
                    "MCH" -> {}
            default -> {
                if (!key.startsWith("#")) {
                    throw Refusal.broken("LCOV has no record like the one in line " + number);
                }
            }
        }
    }

    private CoverageBook.Page inside(long number) {
        var now = page;
        if (now == null) {
            throw Refusal.broken("line " + number + " belongs to no file");
        }
        return now;
    }

    private static void line(CoverageBook.Page page, String rest, long at) {
        var comma = rest.indexOf(',');
        var number = comma < 0 ? Double.NaN : Text.number(rest.substring(0, comma));
        var end = rest.indexOf(',', comma + 1);
        var count = comma < 0 ? Double.NaN : Text.number(rest.substring(comma + 1, end < 0 ? rest.length() : end));
        if (Double.isNaN(number) || Double.isNaN(count)) {
            throw Refusal.broken("line " + at + " has no number of a line and its count");
        }
        page.line((long) number, count > 0);
        page.statements(count > 0 ? 1 : 0, 1);
    }

    private void branch(String rest, long at) {
        var first = rest.indexOf(',');
        var last = rest.lastIndexOf(',');
        var number = first < 0 || last == first ? Double.NaN : Text.number(rest.substring(0, first));
        if (Double.isNaN(number) || number < 0) {
            throw Refusal.broken("line " + at + " has no branch");
        }
        var taken = Text.number(rest.substring(last + 1)) > 0;
        branches.merge((long) number, new Part(taken ? 1 : 0, 1), Part::plus);
        if (branches.size() > MOST_BRANCHES) {
            throw Refusal.broken("one file has more than " + MOST_BRANCHES + " lines with branches");
        }
    }
}
