/// The written standards of the company and of its products: documents with versions that a second person puts in
/// force, who has to know them by when, who has read them, and who was taught what. What somebody still owes stands
/// in their work.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "ledger", "procedure", "identity", "shell", "work"})
package dev.conduct.standards;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
