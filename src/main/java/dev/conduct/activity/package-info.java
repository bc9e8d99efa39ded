/// The log as people read it: who did what and when, each entry with a proof that the reader's browser checks, and how
/// the log itself is.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ledger", "ledger :: verify", "identity", "shell", "work", "proof"})
package dev.conduct.activity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
