package dev.conduct.checks;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a step that asks a database.
final class DatabaseReader {

    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> KEPT = Set.of("rows", "value", "checksum");

    private DatabaseReader() {}

    static Step.Database read(Part part, String name) {
        part.only("name", "database", "user", "password", "sql", "do", "timeout", "expect", "keep");
        var address = part.needed("database", "Write postgresql://host:port/name.");
        if (!address.matches("postgresql://\\S+/\\S+")) {
            part.wrong("database must be postgresql://host:port/name.");
        }
        var sql = part.text("sql");
        var act =
                switch (part.text("do")) {
                    case "" -> sql.isBlank() ? Step.Act.CONNECT : Step.Act.ASK;
                    case "ask" -> Step.Act.ASK;
                    case "roll_back" -> Step.Act.ROLL_BACK;
                    case "explain" -> Step.Act.EXPLAIN;
                    default -> {
                        part.wrong("do must be ask, roll_back or explain.");
                        yield Step.Act.CONNECT;
                    }
                };
        if (act != Step.Act.CONNECT && sql.isBlank()) {
            part.wrong("sql is missing. Write one statement.");
        }
        if (OneStatement.more(sql)) {
            part.wrong(
                    "sql must be one statement, without a semicolon within, and none that ends or begins a transaction.");
        }
        var expect = part.under("expect");
        expect.only("rows", "value", "checksum", "cost", "within");
        var cost = expect.number("cost");
        var checksum = expect.text("checksum").strip().toLowerCase(Locale.ROOT);
        if (expect.has("checksum")
                && !checksum.contains("${")
                && !CHECKSUM.matcher(checksum).matches()) {
            expect.wrong("checksum must be the 64 hexadecimal digits that a run told, or ${name} of a step before.");
        }
        var keep = part.pairs("keep");
        keep.forEach((kept, of) -> {
            if (!StepReader.KEPT.matcher(kept).matches() || !KEPT.contains(of)) {
                part.wrong("keep: write a name and one of rows, value, checksum, such as before: checksum.");
            }
        });
        if (act != Step.Act.ASK && (expect.has("checksum") || !keep.isEmpty())) {
            part.wrong("checksum and keep are of what is asked, without roll_back and explain.");
        }
        return new Step.Database(
                name,
                address,
                part.text("user"),
                part.text("password"),
                sql,
                act,
                expect.number("rows"),
                expect.has("value") ? expect.text("value") : null,
                checksum.isEmpty()
                        ? null
                        : checksum.contains("${") ? expect.text("checksum").strip() : checksum,
                cost == null ? null : (double) cost,
                StepReader.timeout(part),
                expect.span("within"),
                keep);
    }
}
