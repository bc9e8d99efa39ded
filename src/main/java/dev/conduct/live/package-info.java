/// Pages that stay open hear of what changes, over one stream of server-sent events each: fed by the sealed ledger,
/// so that nothing is missed, and by nothing that the reader may not see.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "ledger", "identity", "work"})
package dev.conduct.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
