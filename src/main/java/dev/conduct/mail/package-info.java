/// The one door for e-mail: letters are queued in the caller's transaction, delivered by one worker of the
/// installation at a time, and what became of each is kept. By SMTP when a server is set, into a folder of files
/// when none is.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "keys"})
package dev.conduct.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
