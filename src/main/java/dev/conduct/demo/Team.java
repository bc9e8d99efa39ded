package dev.conduct.demo;

import dev.conduct.identity.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The sample company's people as actors, found by what they do.
final class Team {

    private final Map<String, Actor> byEmail;
    private final Random random;

    Team(Map<String, Actor> byEmail, Random random) {
        this.byEmail = byEmail;
        this.random = random;
    }

    Actor byEmail(String email) {
        var actor = byEmail.get(email);
        if (actor == null) {
            throw new IllegalArgumentException("nobody at the sample company has the address " + email);
        }
        return actor;
    }

    /// Somebody who holds the role.
    Actor any(String role) {
        return anyBut(role, List.of());
    }

    /// Somebody who holds the role and is none of these.
    Actor anyBut(String role, List<String> ids) {
        var able = new ArrayList<Actor>();
        for (var actor : byEmail.values()) {
            if (actor.has(role) && !ids.contains(actor.id())) {
                able.add(actor);
            }
        }
        return able.get(random.nextInt(able.size()));
    }

    Actor anybody() {
        var all = List.copyOf(byEmail.values());
        return all.get(random.nextInt(all.size()));
    }
}
