/// What happened, provable to an outsider: append-only events, sealed into a Merkle tree with signed checkpoints.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "keys"})
package dev.conduct.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
