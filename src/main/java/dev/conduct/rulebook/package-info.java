/// The procedure as people see it: the register of clauses, how each is held and how often it was kept, the lines
/// drawn from the pack, the versions and what they changed; and the adoption of a new version.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ledger", "procedure", "identity", "shell", "work"})
package dev.conduct.rulebook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
