/// What is tested and how it came out by hand and by machine: the catalogue of parts and integration points, plans with
/// versioned cases, runs on one build, what they cover, and the facts that gates learn from them.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "ledger",
            "procedure",
            "identity",
            "shell",
            "work",
            "quality",
            "source",
            "mocks"
        })
package dev.conduct.testing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
