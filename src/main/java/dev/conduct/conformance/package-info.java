/// What happened, judged once more: by a draft of the procedure before it is adopted.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "ledger", "procedure", "work", "clock"})
package dev.conduct.conformance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
