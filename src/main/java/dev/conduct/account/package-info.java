/// What everybody sees and changes of the own account: name, sessions, second factors, personal tokens.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "identity", "shell"})
package dev.conduct.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
