/// What every page is wrapped in: layout, navigation, parts of the design system, static files, error pages.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "identity", "procedure", "ledger"})
package dev.conduct.shell;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
