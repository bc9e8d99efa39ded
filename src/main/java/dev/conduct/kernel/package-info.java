/// The words every module shares: ids, time, text that can be stored, problems and pages. Knows no other module.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.conduct.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
