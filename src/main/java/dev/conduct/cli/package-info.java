/// The command line: one class per command of `./conduct`.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "keys",
            "ledger",
            "ledger :: verify",
            "procedure",
            "identity",
            "shell",
            "work",
            "clock",
            "importer",
            "rulebook",
            "proof",
            "conformance"
        })
package dev.conduct.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
