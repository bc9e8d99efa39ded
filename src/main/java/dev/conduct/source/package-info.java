/// The code of products as its hosts tell of it: repositories, commits, changes, reviews and runs of CI, brought
/// by signed webhooks and by mirrors of the repositories themselves, tied to records by their keys, and delivered
/// as facts to the gates.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "keys", "ledger", "procedure", "identity", "shell", "work"})
package dev.conduct.source;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
