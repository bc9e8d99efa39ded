package dev.conduct.identity;

import java.util.Set;
import java.util.stream.Collectors;

/// Who calls, and by which means: a session opens all that the actor may, a token no more than its scopes.
///
/// @param means how it signed in
record Caller(Actor actor, Set<Scope> scopes, Means means) {

    enum Means {
        SESSION,
        CLIENT_TOKEN,
        PERSONAL_TOKEN
    }

    static Caller inSession(Actor actor) {
        return new Caller(actor, Scope.all(), Means.SESSION);
    }

    static Caller byToken(Actor actor, Set<Scope> scopes, Means means) {
        var kept = scopes.contains(Scope.ADMINISTER)
                ? actor.roles()
                : actor.roles().stream()
                        .filter(role -> !role.equals(CurrentActor.ADMINISTRATOR))
                        .collect(Collectors.toUnmodifiableSet());
        var cut = new Actor(actor.id(), actor.name(), kept, actor.via(), actor.zone(), actor.locale());
        return new Caller(cut, scopes, means);
    }
}
