package dev.conduct.quality.reading;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One thing that a report says.
public sealed interface Measurement {

    /// How a test came out. Flaky: it failed and, tried again, passed; neither a pass nor a failure.
    enum Outcome {
        PASSED,
        FLAKY,
        FAILED,
        ERRORED,
        SKIPPED
    }

    /// @param suite the class, package, feature or collection it belongs to; empty when the report does not say
    /// @param took null when the report has no number for it
    /// @param retries how often it was tried again, whatever came of it
    /// @param says why it failed or was skipped, cut at 4,000 characters; empty when it says nothing
    record TestCase(
            String suite,
            String name,
            Outcome outcome,
            @Nullable Duration took,
            int retries,
            String says) implements Measurement {}

    /// Something that went wrong outside any test case: a set-up, a package that does not compile, a request, or
    /// failures
    /// that a suite declares and does not list. A run with one is not green.
    record Trouble(String where, String says) implements Measurement {}

    /// @param path as the tool wrote it, with forward slashes
    /// @param branches ways out of the file's conditions; 0 where the tool counts none
    /// @param statements what the tool itself counts: statements of Go and Istanbul, instructions of JaCoCo, line
    ///     records of Clover and LCOV; 0 where it counts lines only
    record FileCoverage(String path, Lines lines, Part branches, Part statements) implements Measurement {}

    record Part(long covered, long total) {

        public static final Part NONE = new Part(0, 0);

        public Part plus(Part other) {
            return new Part(covered + other.covered, total + other.total);
        }
    }

    /// One request of a load test.
    ///
    /// @param at milliseconds since 1970; 0 when the report does not say
    /// @param took milliseconds; negative when the report does not say
    /// @param within part of another sample, which is counted instead
    record Sample(String label, boolean passed, long at, double took, boolean within) implements Measurement {}

    /// The requests of one label, where the tool has already summed them up. Times in milliseconds, NaN when unknown.
    record LoadSummary(
            String label,
            long count,
            long failed,
            double least,
            double mean,
            double median,
            double p95,
            double p99,
            double most)
            implements Measurement {}

    /// A limit or a check that a load test counted by itself.
    record Check(boolean threshold, String name, long passes, long fails) implements Measurement {}

    /// A tool that made the report, told even when it found nothing.
    record Scanned(String tool) implements Measurement {}

    /// A number that a tool counted of a file or a package, such as how many others need it.
    ///
    /// @param value NaN when the report does not say
    record Measure(String name, String where, double value) implements Measurement {}

    enum Severity {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW,
        INFO
    }

    /// @param where file, address or package
    /// @param line 0 when it has none
    /// @param print tells the finding again in the next scan, wherever it has moved
    /// @param suppressed somebody has accepted it in the tool
    /// @param instances places where it shows, at least one
    record Finding(
            String tool,
            String rule,
            Severity severity,
            String says,
            String where,
            int line,
            String print,
            boolean suppressed,
            int instances)
            implements Measurement {}

    /// Takes what is read, in the order of the report.
    @FunctionalInterface
    interface Receiver {
        void take(Measurement measurement);
    }
}
