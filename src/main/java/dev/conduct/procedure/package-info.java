/// The company's procedure as data: packs, clauses, item types, gates, clocks, parameters, versions; and the pure
/// function that judges a transition.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "ledger"})
package dev.conduct.procedure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
