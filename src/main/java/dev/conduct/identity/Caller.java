package dev.conduct.identity;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.AuthenticatedPrincipal;

/// Who calls, and by which means: a session opens all that the actor may, a token no more than its scopes.
///
/// @param means how it signed in
record Caller(Actor actor, Set<Scope> scopes, Means means) implements AuthenticatedPrincipal {

    enum Means {
        SESSION,
        CLIENT_TOKEN,
        PERSONAL_TOKEN
    }

    @Override
    public String getName() {
        return actor.id();
    }

    static Caller inSession(Actor actor) {
        return new Caller(actor, Scope.all(), Means.SESSION);
    }

    /// @param administering the roles that a token without the scope for it leaves out; the scope to provision counts
    ///     only for who holds one of them
    static Caller byToken(Actor actor, Set<Scope> scopes, Means means, Set<String> administering) {
        var opened = actor.hasAny(administering)
                ? scopes
                : scopes.stream().filter(scope -> scope != Scope.SCIM).collect(Collectors.toUnmodifiableSet());
        var kept = scopes.contains(Scope.ADMINISTER)
                ? actor.roles()
                : actor.roles().stream()
                        .filter(role -> !administering.contains(role))
                        .collect(Collectors.toUnmodifiableSet());
        var cut = new Actor(
                actor.id(),
                actor.name(),
                kept,
                actor.via(),
                actor.zone(),
                actor.locale(),
                actor.membership(),
                actor.preferences());
        return new Caller(cut, opened, means);
    }
}
