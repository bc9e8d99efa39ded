package dev.conduct.quality;

import dev.conduct.quality.reading.Measurement;
import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.TestCase;
import java.util.HashMap;
import java.util.Map;

/// Adds up which tests and findings of a report belong to each component, while it is read. Lines are added up by
/// the run.
final class Parts {

    /// Counts of one component.
    static final class Part {
        long tests;
        long failed;
        long flaky;
        long skipped;
        long findings;
    }

    private final PathRules rules;
    private final Map<String, Part> parts = new HashMap<>();
    private String suite = "";
    private String component = "";
    private long micros;

    Parts(PathRules rules) {
        this.rules = rules;
    }

    void take(Measurement measurement) {
        if (measurement instanceof TestCase test) {
            micros += test.took() == null ? 0 : test.took().toNanos() / 1000;
            if (!rules.isEmpty()) {
                add(test);
            }
        } else if (measurement instanceof Finding finding && !rules.isEmpty() && !finding.suppressed()) {
            part(componentOf(finding.where())).findings++;
        }
    }

    private void add(TestCase test) {
        if (!test.suite().equals(suite)) {
            suite = test.suite();
            component = rules.componentOfSuite(suite);
        }
        var part = part(component);
        part.tests++;
        switch (test.outcome()) {
            case FAILED, ERRORED -> part.failed++;
            case FLAKY -> part.flaky++;
            case SKIPPED -> part.skipped++;
            case PASSED -> {}
        }
    }

    /// The component that a file belongs to, empty for none.
    String component(String path) {
        return rules.component(path);
    }

    /// The same of a file or a package.
    String componentOf(String where) {
        return rules.isEmpty() ? "" : where.indexOf('/') < 0 ? rules.componentOfSuite(where) : rules.component(where);
    }

    private Part part(String name) {
        return parts.computeIfAbsent(name, unused -> new Part());
    }

    Map<String, Part> all() {
        return parts;
    }

    /// What the tests took, added up.
    long micros() {
        return micros;
    }
}
