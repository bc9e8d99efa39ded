package dev.conduct.work;

import dev.conduct.identity.Actor;

/// Which items an actor sees: whoever works here sees all, others (customers) what they reported themselves.
record Sight(boolean all, String actor) {

    private static final String OUTSIDE = "customer";

    static Sight of(Actor actor) {
        var inside = actor.id().startsWith("system:") || actor.roles().stream().anyMatch(role -> !role.equals(OUTSIDE));
        return new Sight(inside, actor.id());
    }
}
