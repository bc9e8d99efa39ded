/// The customers' own entrance: what they reported, how it stands, what is said with them, and nothing else.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "procedure", "identity", "shell", "work"})
package dev.conduct.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
