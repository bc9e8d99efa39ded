/// Requests that may be repeated: whoever got no answer sends the same again, and what was asked is done once.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "identity", "keys"})
package dev.conduct.repeats;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
