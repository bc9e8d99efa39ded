/// The sample company of `--demo`: people, products and a year of bugs, made through the same door as everything
/// else, in simulated time, breaches and deviations included. Says plainly that it is a demo, and is on loopback
/// only.
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "database", "ledger", "procedure", "identity", "shell", "work", "clock"})
package dev.conduct.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
