/// Acceptance of builds: sessions on a named build in staging, the clients who are invited to try it, what they say of
/// it, each decided, and their signed verdicts, delivered as facts to the gates.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "mail",
            "ledger",
            "procedure",
            "identity",
            "shell",
            "work",
            "portal"
        })
package dev.conduct.acceptance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
