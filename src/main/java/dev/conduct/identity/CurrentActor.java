package dev.conduct.identity;

import dev.conduct.database.Readers;
import dev.conduct.kernel.Right;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/// Who acts in a request, read anew each time: whoever was disabled, or lost a role, has lost it now, on every node.
@Component
class CurrentActor {

    private static final String ATTRIBUTE = Caller.class.getName();
    private static final Duration MOST = Duration.ofHours(24);
    private static final Duration MOST_ADMINISTRATOR = Duration.ofHours(12);

    private final Acting acting;
    private final Roles roles;
    private final Readers readers;
    private final InstantSource time;

    CurrentActor(Acting acting, Roles roles, Readers readers, InstantSource time) {
        this.readers = readers;
        this.acting = acting;
        this.roles = roles;
        this.time = time;
    }

    /// Empty when nobody is signed in, when the account is disabled, the token revoked, or the session too old.
    Optional<Caller> of(HttpServletRequest request, @Nullable Authentication authentication) {
        if (authentication == null) {
            return Optional.empty();
        }
        if (request.getAttribute(ATTRIBUTE) instanceof Caller known) {
            readers.is(reader(known.actor()));
            return Optional.of(known);
        }
        var path = request.getRequestURI();
        var via = path.startsWith("/api/") || path.startsWith("/scim/") ? "api" : "page";
        var caller =
                switch (authentication) {
                    case JwtAuthenticationToken token ->
                        acting.bearer(String.valueOf(token.getToken().getId()), via);
                    case Authentication personal
                    when personal.getPrincipal() instanceof Caller known -> Optional.of(known);
                    case Authentication session ->
                        acting.signedIn(session.getName(), via)
                                .filter(found -> young(found, session))
                                .map(Caller::inSession);
                };
        caller.ifPresent(found -> {
            request.setAttribute(ATTRIBUTE, found);
            request.setAttribute(Actor.class.getName(), found.actor());
            readers.is(reader(found.actor()));
        });
        return caller;
    }

    /// For whom the tables are read from here on.
    private static Readers.Reader reader(Actor actor) {
        var membership = actor.membership();
        return new Readers.Reader(
                membership.reach().name().toLowerCase(Locale.ROOT),
                actor.id(),
                Objects.requireNonNullElse(membership.organisation(), ""),
                array(actor.names()),
                array(membership.products().keySet()));
    }

    private static String array(Set<String> words) {
        return words.stream()
                .sorted()
                .collect(Collectors.joining("\",\"", words.isEmpty() ? "{" : "{\"", words.isEmpty() ? "}" : "\"}"));
    }

    private boolean young(Actor actor, Authentication authentication) {
        var ends = ends(actor, authentication);
        return ends != null && time.instant().isBefore(ends);
    }

    /// When the session is too old, whatever is done in it.
    @Nullable
    Instant ends(Actor actor, Authentication authentication) {
        var since = Factors.since(authentication);
        return since == null ? null : since.plus(roles.may(actor, Right.ADMINISTER) ? MOST_ADMINISTRATOR : MOST);
    }
}
