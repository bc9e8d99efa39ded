/// Products, components and items, and the one door through which items change.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "keys", "ledger", "procedure", "identity", "shell"})
package dev.conduct.work;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
