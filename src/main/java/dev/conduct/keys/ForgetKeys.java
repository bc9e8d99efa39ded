package dev.conduct.keys;

import dev.conduct.kernel.Background;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// A key that one node destroyed opens nothing on the others after a second.
@Component
class ForgetKeys extends Background {

    private static final Duration LOOKS = Duration.ofMillis(500);
    /// The web server starts near the end of all phases, and its pages ask for keys.
    private static final int BEFORE_PAGES = 0;

    private final Subjects subjects;

    ForgetKeys(Subjects subjects, @Value("${conduct.scheduling:true}") boolean automatic) {
        super("forget-keys", "look for keys that were destroyed", automatic);
        this.subjects = subjects;
    }

    @Override
    protected Duration round() {
        try {
            subjects.warm();
        } finally {
            // Whatever became of the reading ahead: what was destroyed is let go of.
            subjects.refresh();
        }
        return LOOKS;
    }

    @Override
    protected Duration afterFailure() {
        return LOOKS;
    }

    @Override
    public int getPhase() {
        return BEFORE_PAGES;
    }
}
