package dev.conduct.work;

import java.util.List;
import java.util.stream.Collectors;

/// A line of CSV (RFC 4180). What a spreadsheet would run as a formula is made text by an apostrophe in front.
public final class CsvLine {

    private static final String FORMULA = "=+-@\t\r";

    private CsvLine() {}

    public static String of(List<String> cells) {
        return cells.stream().map(CsvLine::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(String text) {
        var safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("[^\",\\r\\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
