package dev.conduct.standards;

import dev.conduct.identity.Actor;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;

/// Lets a test of another module have somebody teach a standard.
public final class Taught {

    private Taught() {}

    /// @param trainer in words
    public static UUID in(ApplicationContext context, String product, String trainer, Actor writer, Actor second) {
        var standards = context.getBean(Standards.class);
        var standard =
                standards.propose(product, new Standards.Wanted("Of reviews", "Say why.", List.of(), 14, 30), writer);
        standards.approve(standard.id(), standard.proposedDigest(), second);
        standards.train(standard.id(), new Standards.NewTraining(second.id(), "2026-03-02", "", trainer), writer);
        return standard.id();
    }
}
