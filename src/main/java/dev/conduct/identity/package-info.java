/// Who may: people, roles, sign-in with two factors, sessions, API clients, and which route is open to whom.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "keys", "mail", "ledger", "procedure"})
package dev.conduct.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
