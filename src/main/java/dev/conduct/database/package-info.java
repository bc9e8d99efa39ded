/// Where the data lives: starts and guards the embedded PostgreSQL, or joins an external one; migrates; two roles,
/// one that owns the tables and one, used by the server, that cannot change the ledger.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel"})
package dev.conduct.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
