/// What is encrypted, and with which keys: keysets for each purpose in the database, wrapped by a root key that is
/// not there; a key for each subject, whose destruction erases a person; their rotation while the server works.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database"})
package dev.conduct.keys;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
