/// What keeps the proof alive: backups that only the recovery key opens, restores that are verified, checks that run by
/// themselves, and the way out when the ledger was cut.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "ledger", "ledger :: verify", "mail", "identity", "shell", "work"})
package dev.conduct.proof;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
