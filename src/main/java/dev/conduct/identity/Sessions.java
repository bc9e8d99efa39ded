package dev.conduct.identity;

import dev.conduct.kernel.Right;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/// Sign-in sessions. Each factor begins a new one, with a new id and nothing carried over but where the person wanted
/// to go; so an id planted or seen before is worth nothing.
@Component
class Sessions {

    private static final String DEVICE = "device";
    private static final String ADDRESS = "address";
    private static final Duration HALF = Duration.ofMinutes(10);
    private static final Duration IDLE = Duration.ofMinutes(60);
    private static final Duration IDLE_ADMINISTRATOR = Duration.ofMinutes(15);

    private final SecurityContextRepository contexts;
    private final FindByIndexNameSessionRepository<? extends Session> stored;
    private final Devices devices;
    private final Roles roles;

    Sessions(
            SecurityContextRepository contexts,
            FindByIndexNameSessionRepository<? extends Session> stored,
            Devices devices,
            Roles roles) {
        this.roles = roles;
        this.contexts = contexts;
        this.stored = stored;
        this.devices = devices;
    }

    /// After the first factor: only the pages of the second are open.
    void half(HttpServletRequest request, HttpServletResponse response, String person, GrantedAuthority factor) {
        begin(request, response, person, List.of(factor), HALF);
    }

    void full(
            HttpServletRequest request,
            HttpServletResponse response,
            Actor actor,
            Collection<? extends GrantedAuthority> before,
            GrantedAuthority factor) {
        var factors = new ArrayList<GrantedAuthority>(before);
        factors.add(factor);
        var idle = roles.may(actor, Right.ADMINISTER) ? IDLE_ADMINISTRATOR : IDLE;
        begin(request, response, actor.id(), factors, idle);
        if (!Factors.DEMO.equals(factor.getAuthority())) {
            devices.seen(actor, request, response);
        }
    }

    void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }

    /// Where somebody is signed in, the last used first.
    List<OwnAccount.Session> of(String actor, String current) {
        return stored.findByPrincipalName(actor).values().stream()
                .map(session -> new OwnAccount.Session(
                        handle(session.getId()),
                        Objects.requireNonNullElse(session.getAttribute(DEVICE), ""),
                        Objects.requireNonNullElse(session.getAttribute(ADDRESS), ""),
                        session.getCreationTime(),
                        session.getLastAccessedTime(),
                        session.getId().equals(current)))
                .sorted(Comparator.comparing(OwnAccount.Session::lastUsed).reversed())
                .toList();
    }

    boolean end(String actor, String handle) {
        var found = stored.findByPrincipalName(actor).keySet().stream()
                .filter(id -> handle(id).equals(handle))
                .toList();
        found.forEach(stored::deleteById);
        return !found.isEmpty();
    }

    void endOthers(String actor, String current) {
        stored.findByPrincipalName(actor).keySet().stream()
                .filter(id -> !id.equals(current))
                .forEach(stored::deleteById);
    }

    /// Names a session without being worth anything to whoever reads it.
    private static String handle(String id) {
        return HexFormat.of().formatHex(Tokens.hash(id), 0, 12);
    }

    /// Ends every session of somebody, on every node.
    void endAll(String actor) {
        stored.findByPrincipalName(actor).keySet().forEach(stored::deleteById);
    }

    /// Ends those that began at a provider, on every node.
    ///
    /// @param named of the provider's; null for all that began there
    /// @return how many
    int endBegunAt(String provider, @Nullable String named, String actor) {
        var begun = stored.findByPrincipalName(actor).values().stream()
                .filter(session -> provider.equals(session.getAttribute(SignOnPages.PROVIDER)))
                .filter(session -> named == null || named.equals(session.getAttribute(SignOnPages.PROVIDER_SESSION)))
                .map(Session::getId)
                .toList();
        begun.forEach(stored::deleteById);
        return begun.size();
    }

    static @Nullable Authentication current() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            String name,
            Collection<? extends GrantedAuthority> factors,
            Duration idle) {
        var old = request.getSession(false);
        var wanted = old == null ? null : old.getAttribute(Refusals.WANTED);
        var carried = StepUp.carried(old);
        var provider = old == null ? null : old.getAttribute(SignOnPages.PROVIDER);
        var providerSession = old == null ? null : old.getAttribute(SignOnPages.PROVIDER_SESSION);
        if (old != null) {
            old.invalidate();
        }
        var session = request.getSession(true);
        session.setMaxInactiveInterval((int) idle.toSeconds());
        if (wanted != null) {
            session.setAttribute(Refusals.WANTED, wanted);
        }
        carried.forEach(session::setAttribute);
        if (provider != null) {
            session.setAttribute(SignOnPages.PROVIDER, provider);
        }
        if (providerSession != null) {
            session.setAttribute(SignOnPages.PROVIDER_SESSION, providerSession);
        }
        session.setAttribute(DEVICE, Device.of(request.getHeader(HttpHeaders.USER_AGENT)));
        session.setAttribute(ADDRESS, request.getRemoteAddr());
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(name, null, factors));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
    }

    /// Where the person wanted to go, once.
    static String wanted(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null && session.getAttribute(Refusals.WANTED) instanceof String path) {
            session.removeAttribute(Refusals.WANTED);
            return path.startsWith("/") && !path.startsWith("//") && !path.contains("\\") ? path : "/";
        }
        return "/";
    }
}
