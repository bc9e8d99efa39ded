/// Answers that people send to letters of Conduct: each becomes a comment on the record the letter was about, through
/// the same door as on its page, when it comes from whom the letter was written to. What came, and what was thought of
/// it, is kept.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "mail", "identity", "shell", "work"})
package dev.conduct.replies;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
