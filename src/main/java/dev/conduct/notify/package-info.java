/// Who is told of what: an inbox for everybody, letters at once or in a digest as each prefers, mentions and
/// watched items. It follows the sealed ledger, so that nothing is missed, and asks what somebody may see before
/// telling them.
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "database",
            "mail",
            "ledger",
            "procedure",
            "identity",
            "shell",
            "work",
            "live",
            "replies"
        })
package dev.conduct.notify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
