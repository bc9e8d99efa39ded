package dev.conduct.source;

import dev.conduct.identity.Actor;
import org.springframework.context.ApplicationContext;

/// Lets a test of another module say who somebody is at a host.
public final class NamedAtAHost {

    private NamedAtAHost() {}

    public static void in(ApplicationContext context, String login, Actor whose, Actor by) {
        context.getBean(Identities.class).say("github", login, whose.id(), by);
    }
}
