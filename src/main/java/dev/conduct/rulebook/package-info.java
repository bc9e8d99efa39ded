/// The procedure as people see it: the register of clauses and how each is held, and the adoption of a new version.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "procedure", "identity", "shell"})
package dev.conduct.rulebook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
