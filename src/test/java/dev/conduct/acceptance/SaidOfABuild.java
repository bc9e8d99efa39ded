package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import java.util.Set;
import org.springframework.context.ApplicationContext;

/// Lets a test of another module have somebody try a build.
public final class SaidOfABuild {

    private SaidOfABuild() {}

    /// @param asks who holds the acceptance, and says something too
    /// @param says who says something and rejects it
    public static void in(
            ApplicationContext context,
            String product,
            Actor asks,
            Actor says,
            String text,
            String note,
            String stays) {
        var acceptances = context.getBean(Acceptances.class);
        var feedbacks = context.getBean(Feedbacks.class);
        var session = acceptances
                .open(
                        product,
                        new Acceptances.NewSession("One page checkout", "0123456789", "1742", "", "A receipt is shown"),
                        asks)
                .id();
        var _ = acceptances.invite(session, says.id(), asks);
        var _ = acceptances.invite(session, asks.id(), asks);
        var _ = feedbacks.say(session, text, says);
        var _ = feedbacks.say(session, stays, asks);
        var _ = acceptances.sign(session, "rejected", Set.of(), note, says);
    }
}
