/// What machines know about the quality of a commit: results of tests, coverage, load and scans, read out of the
/// reports that tools write, kept by product and commit, and delivered as facts to the gates.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "ledger", "procedure", "identity", "shell", "work"})
package dev.conduct.quality;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
