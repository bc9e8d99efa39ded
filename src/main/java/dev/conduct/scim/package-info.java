/// SCIM 2.0 (RFC 7643, 7644): the company's directory makes people and groups here, changes them and takes them away.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "keys", "identity"})
package dev.conduct.scim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
