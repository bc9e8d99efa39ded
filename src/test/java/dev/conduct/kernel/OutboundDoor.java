package dev.conduct.kernel;

import org.springframework.core.env.StandardEnvironment;

/// The door of outbound requests as a configuration would open it.
public final class OutboundDoor {

    private OutboundDoor() {}

    public static Outbound to(String allowed) {
        return new Outbound(allowed, new StandardEnvironment());
    }
}
