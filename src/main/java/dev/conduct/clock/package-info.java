/// Deadlines that explain themselves: clocks over business calendars, kept by events, warned and escalated on time.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "keys", "database", "ledger", "procedure", "identity", "shell", "work"})
package dev.conduct.clock;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
