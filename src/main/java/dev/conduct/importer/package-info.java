/// Brings a company's history along: files of other trackers and event logs, through the same door as everything else.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "ledger", "procedure", "identity", "shell", "work", "clock"})
package dev.conduct.importer;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
