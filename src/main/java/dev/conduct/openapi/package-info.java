/// The description of the API for those who write programs against it (OpenAPI 3.1), made from the handlers, the
/// records they read and write, and the route table.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "identity"})
package dev.conduct.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
