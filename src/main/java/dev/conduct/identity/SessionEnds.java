package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/// When the session of a request is going to end, for the page that says so in time.
@Component
public class SessionEnds {

    /// `SparingSessions` writes when a session was last used at most once a minute.
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final CurrentActor actors;
    private final InstantSource time;

    SessionEnds(CurrentActor actors, InstantSource time) {
        this.actors = actors;
        this.time = time;
    }

    /// @param idle seconds until it ends when nothing more is done
    /// @param most seconds until it ends whatever is done
    public record Left(long idle, long most) {}

    /// Null where there is no session, as with a token.
    public @Nullable Left of(HttpServletRequest request, Actor actor) {
        var session = request.getSession(false);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var ends = authentication == null ? null : actors.ends(actor, authentication);
        return session == null || ends == null
                ? null
                : new Left(
                        session.getMaxInactiveInterval() - EARLY.toSeconds(),
                        Duration.between(time.instant(), ends).toSeconds());
    }
}
