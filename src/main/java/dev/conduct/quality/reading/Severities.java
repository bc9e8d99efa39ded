package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Severity;
import java.util.Locale;

/// Words for how bad a vulnerability is.
final class Severities {

    private Severities() {}

    /// A word nobody knows is taken for medium: what is not known to be harmless is looked at.
    static Severity of(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "critical" -> Severity.CRITICAL;
            case "high" -> Severity.HIGH;
            case "low" -> Severity.LOW;
            case "info", "informational", "none", "negligible" -> Severity.INFO;
            default -> Severity.MEDIUM;
        };
    }
}
