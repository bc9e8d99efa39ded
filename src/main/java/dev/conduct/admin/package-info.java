/// The pages on which administrators run the installation: people and their roles.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "keys", "mail", "ledger", "identity", "procedure", "shell"})
package dev.conduct.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
