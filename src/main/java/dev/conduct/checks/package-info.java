/// Checks that the server runs itself, on a schedule or when asked: flows of HTTP calls, health over gRPC, names and
/// ports, questions to a database, drills with one part broken. Each is a text with versions; what came of it is
/// evidence about an environment and the commit that ran there.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "keys",
            "ledger",
            "procedure",
            "identity",
            "shell",
            "work",
            "quality",
            "mocks"
        })
package dev.conduct.checks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
