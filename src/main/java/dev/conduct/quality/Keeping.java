package dev.conduct.quality;

import dev.conduct.kernel.Problem;
import dev.conduct.quality.reading.Measurement;
import dev.conduct.quality.reading.Measurement.Check;
import dev.conduct.quality.reading.Measurement.FileCoverage;
import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Measure;
import dev.conduct.quality.reading.Measurement.Sample;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import dev.conduct.quality.reading.ReportKind;
import dev.conduct.quality.reading.Totals;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Writes what is read from one report into its tables, within the transaction of the connection. The long table of
/// the report's family is filled as the report is read; the short ones wait until that is done.
final class Keeping implements Measurement.Receiver {

    private static final int MOST_TROUBLES = 1_000;
    private static final int MOST_LABELS = 500;
    private static final int MOST_TOOLS = 20;
    private static final int MOST_MEASURES = 50_000;
    private static final String OTHERS = "(other labels)";

    private final PGConnection connection;
    private final UUID report;
    private final Totals totals = new Totals();
    private final Parts parts;
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final TreeSet<String> tools = new TreeSet<>();
    private final Map<String, LoadLabel> labels = new LinkedHashMap<>();
    private final Map<String, LoadSummary> summaries = new LinkedHashMap<>();
    private @Nullable CopyRows rows;
    private int place;

    Keeping(PGConnection connection, UUID report, PathRules rules) {
        this.connection = connection;
        this.report = report;
        this.parts = new Parts(rules);
    }

    @Override
    public void take(Measurement measurement) {
        totals.take(measurement);
        parts.take(measurement);
        try {
            keep(measurement);
        } catch (SQLException failed) {
            throw new IllegalStateException("the report cannot be written", failed);
        }
    }

    private void keep(Measurement measurement) throws SQLException {
        switch (measurement) {
            case TestCase test ->
                rows("quality.test_case (report, place, suite, name, outcome, micros, retries, says, shape)")
                        .add(
                                report,
                                place++,
                                test.suite(),
                                test.name(),
                                word(test.outcome()),
                                test.took() == null ? null : test.took().toNanos() / 1000,
                                test.retries(),
                                test.says(),
                                broken(test)
                                        ? FailureShape.of(test.suite(), test.says())
                                                .print()
                                        : null);
            case FileCoverage file ->
                rows("quality.file_coverage (report, path, lines, lines_covered, branches, branches_covered,"
                                + " known, covered, component)")
                        .add(
                                report,
                                file.path(),
                                file.lines().total(),
                                file.lines().hit(),
                                file.branches().total(),
                                file.branches().covered(),
                                file.lines().knownBits(),
                                file.lines().coveredBits(),
                                parts.component(file.path()));
            case Finding finding ->
                rows("quality.finding (report, place, tool, rule, severity, says, location, line, print, suppressed,"
                                + " instances, component)")
                        .add(
                                report,
                                place++,
                                finding.tool(),
                                finding.rule(),
                                word(finding.severity()),
                                finding.says(),
                                finding.where(),
                                finding.line(),
                                finding.print(),
                                finding.suppressed(),
                                finding.instances(),
                                parts.componentOf(finding.where()));
            case Sample sample -> {
                if (!sample.within()) {
                    label(sample.label()).add(sample);
                }
            }
            case LoadSummary summary -> {
                if (summaries.size() < MOST_LABELS) {
                    summaries.putIfAbsent(summary.label(), summary);
                }
            }
            case Scanned scanned -> {
                if (tools.size() < MOST_TOOLS) {
                    tools.add(scanned.tool());
                }
            }
            case Measure measure -> {
                if (measures.size() < MOST_MEASURES) {
                    measures.add(measure);
                }
            }
            case Trouble trouble -> keepFew(troubles, trouble);
            case Check check -> keepFew(checks, check);
        }
    }

    private static boolean broken(TestCase test) {
        return switch (test.outcome()) {
            case FAILED, ERRORED -> true;
            case PASSED, FLAKY, SKIPPED -> false;
        };
    }

    private static <T> void keepFew(List<T> list, T one) {
        if (list.size() < MOST_TROUBLES) {
            list.add(one);
        }
    }

    private LoadLabel label(String label) {
        var known = labels.containsKey(label) || labels.size() < MOST_LABELS ? label : OTHERS;
        return labels.computeIfAbsent(known, LoadLabel::new);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private CopyRows rows(String columns) throws SQLException {
        var open = rows;
        if (open == null) {
            open = new CopyRows(connection, columns);
            rows = open;
        }
        return open;
    }

    Map<String, Long> totals(ReportKind.Family family) {
        return totals.of(family);
    }

    /// What the tests took, in microseconds.
    long micros() {
        return parts.micros();
    }

    /// The tools that made it, in the order of their names.
    String tools() {
        return String.join(", ", tools);
    }

    void end() throws SQLException {
        if (rows != null) {
            rows.end();
        }
        if (!parts.all().isEmpty()) {
            var copy = new CopyRows(
                    connection,
                    "quality.part (report, component, tests, failed, flaky, skipped, lines, lines_covered, findings)");
            for (var one : parts.all().entrySet()) {
                var part = one.getValue();
                copy.add(report, one.getKey(), part.tests, part.failed, part.flaky, part.skipped, 0, 0, part.findings);
            }
            copy.end();
        }
        labels.forEach((label, adding) -> summaries.putIfAbsent(label, adding.summary()));
        if (!troubles.isEmpty()) {
            var copy = new CopyRows(connection, "quality.trouble (report, place, location, says)");
            for (var i = 0; i < troubles.size(); i++) {
                copy.add(report, i, troubles.get(i).where(), troubles.get(i).says());
            }
            copy.end();
        }
        if (!checks.isEmpty()) {
            var copy = new CopyRows(connection, "quality.load_check (report, place, threshold, name, passes, fails)");
            for (var i = 0; i < checks.size(); i++) {
                var check = checks.get(i);
                copy.add(report, i, check.threshold(), check.name(), check.passes(), check.fails());
            }
            copy.end();
        }
        if (!summaries.isEmpty()) {
            summaries();
        }
        if (!measures.isEmpty()) {
            measures();
        }
    }

    private void measures() throws SQLException {
        var copy = new CopyRows(connection, "quality.measure (report, place, name, location, component, value)");
        for (var i = 0; i < measures.size(); i++) {
            var one = measures.get(i);
            copy.add(report, i, one.name(), one.where(), parts.componentOf(one.where()), known(one.value()));
        }
        copy.end();
    }

    private void summaries() throws SQLException {
        var copy = new CopyRows(
                connection, "quality.load_summary (report, label, count, failed, least, mean, median, p95, p99, most)");
        for (var one : summaries.values()) {
            copy.add(
                    report,
                    one.label(),
                    one.count(),
                    one.failed(),
                    known(one.least()),
                    known(one.mean()),
                    known(one.median()),
                    known(one.p95()),
                    known(one.p99()),
                    known(one.most()));
        }
        copy.end();
    }

    private static @Nullable Double known(double number) {
        return Double.isNaN(number) ? null : number;
    }

    /// After a refusal or a failure.
    void cancel() {
        try {
            if (rows != null) {
                rows.cancel();
            }
        } catch (SQLException gone) {
            throw Problem.unavailable(
                    "database", "The database went away while the report was written. Send it again.");
        }
    }
}
