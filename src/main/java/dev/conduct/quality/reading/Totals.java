package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Check;
import dev.conduct.quality.reading.Measurement.FileCoverage;
import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Measure;
import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Part;
import dev.conduct.quality.reading.Measurement.Sample;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Adds up what a report says.
public final class Totals implements Measurement.Receiver {

    private final Map<Outcome, Long> cases = new EnumMap<>(Outcome.class);
    private final Map<Severity, Long> findings = new EnumMap<>(Severity.class);
    private long retries;
    private long troubles;
    private long files;
    private Part lines = Part.NONE;
    private Part branches = Part.NONE;
    private Part statements = Part.NONE;
    private long samples;
    private long within;
    private long samplesFailed;
    private long labels;
    private Part thresholds = Part.NONE;
    private Part checks = Part.NONE;
    private long suppressed;
    private long instances;

    @Override
    public void take(Measurement measurement) {
        switch (measurement) {
            case TestCase test -> {
                cases.merge(test.outcome(), 1L, Long::sum);
                retries += test.retries();
            }
            case Trouble _ -> troubles++;
            case FileCoverage file -> {
                files++;
                lines = lines.plus(new Part(file.lines().hit(), file.lines().total()));
                branches = branches.plus(file.branches());
                statements = statements.plus(file.statements());
            }
            case Sample sample -> {
                samples += sample.within() ? 0 : 1;
                within += sample.within() ? 1 : 0;
                samplesFailed += sample.within() || sample.passed() ? 0 : 1;
            }
            case LoadSummary summary -> {
                if (labels++ == 0) {
                    samples = summary.count();
                    samplesFailed = summary.failed();
                }
            }
            case Check check -> {
                var part = new Part(check.passes(), check.passes() + check.fails());
                if (check.threshold()) {
                    thresholds = thresholds.plus(part);
                } else {
                    checks = checks.plus(part);
                }
            }
            case Finding finding -> {
                findings.merge(finding.severity(), 1L, Long::sum);
                suppressed += finding.suppressed() ? 1 : 0;
                instances += finding.instances();
            }
            case Scanned _, Measure _ -> {}
        }
    }

    /// The totals that belong to the family, by name.
    public Map<String, Long> of(ReportKind.Family family) {
        var all = new LinkedHashMap<String, Long>();
        switch (family) {
            case TESTS -> {
                all.put(
                        "tests",
                        cases.values().stream().mapToLong(Long::longValue).sum());
                for (var outcome : Outcome.values()) {
                    all.put(outcome.name().toLowerCase(Locale.ROOT), cases.getOrDefault(outcome, 0L));
                }
                all.put("retries", retries);
                all.put("troubles", troubles);
            }
            case COVERAGE -> {
                all.put("files", files);
                all.put("lines", lines.total());
                all.put("lines_covered", lines.covered());
                all.put("branches", branches.total());
                all.put("branches_covered", branches.covered());
                all.put("statements", statements.total());
                all.put("statements_covered", statements.covered());
            }
            case LOAD -> {
                all.put("samples", samples);
                all.put("failed", samplesFailed);
                all.put("samples_within", within);
                all.put("thresholds", thresholds.total());
                all.put("thresholds_failed", thresholds.total() - thresholds.covered());
                all.put("checks", checks.total());
                all.put("checks_failed", checks.total() - checks.covered());
            }
            case FINDINGS -> {
                all.put(
                        "findings",
                        findings.values().stream().mapToLong(Long::longValue).sum());
                for (var severity : Severity.values()) {
                    all.put(severity.name().toLowerCase(Locale.ROOT), findings.getOrDefault(severity, 0L));
                }
                all.put("suppressed", suppressed);
                all.put("instances", instances);
            }
        }
        return all;
    }
}
