package dev.conduct.identity;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import dev.conduct.kernel.Routes.Route;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Every route that some module opens, the narrowest pattern first. What is not in here is denied.
@Component
class RouteTable {

    /// Set on requests that match a route, so that a refusal can tell "not yours" from "not there".
    static final String MATCHED = RouteTable.class.getName() + ".matched";

    private static final String ANY = "";

    private final List<Rule> rules;
    private final CurrentActor actors;
    private final Roles roles;
    private final ThisComputer here;
    private final InstantSource time;
    private final AuthorizationManagerFactory<Object> factory;

    /// By the method, then by the first part of the path; under `ANY` those that leave it open.
    private final Map<HttpMethod, Map<String, List<Judged>>> judged;

    private record Rule(Route route, PathPattern pattern) {}

    private record Judged(PathPattern pattern, AuthorizationManager<RequestAuthorizationContext> judge) {}

    RouteTable(
            List<Routes> modules,
            CurrentActor actors,
            Roles roles,
            ThisComputer here,
            InstantSource time,
            AuthorizationManagerFactory<Object> factory) {
        this.roles = roles;
        this.here = here;
        this.time = time;
        this.actors = actors;
        this.factory = factory;
        this.rules = modules.stream()
                .flatMap(module -> module.routes().stream())
                .map(route -> new Rule(route, PathPatternParser.defaultInstance.parse(route.pattern())))
                .sorted(Comparator.comparing(Rule::pattern))
                .toList();
        this.judged = rules.stream()
                .collect(Collectors.groupingBy(
                        rule -> rule.route().method(),
                        Collectors.collectingAndThen(Collectors.toList(), this::byPlace)));
    }

    private Map<String, List<Judged>> byPlace(List<Rule> rules) {
        var found = new LinkedHashMap<String, List<Judged>>();
        found.put(ANY, new ArrayList<>());
        rules.forEach(rule -> found.putIfAbsent(place(rule), new ArrayList<>()));
        for (var rule : rules) {
            var judge = new Judged(rule.pattern(), judge(rule.route()));
            var own = place(rule);
            found.forEach((place, those) -> {
                if (own.equals(ANY) || own.equals(place)) {
                    those.add(judge);
                }
            });
        }
        return found;
    }

    /// Patterns that leave their place open are looked at for every path.
    private static String place(Rule rule) {
        var parts = List.of(rule.route().pattern().substring(1).split("/"));
        var seen = String.join(
                "/", parts.subList(0, Math.min(parts.size(), parts.getFirst().equals("api") ? 3 : 1)));
        return seen.matches(".*[{}*?].*") ? ANY : place(parts);
    }

    /// The first part of a path, and the third as well of those that all begin alike (`/api/v1/items`).
    private static String place(List<String> parts) {
        if (parts.isEmpty()) {
            return ANY;
        }
        return parts.size() > 2 && parts.getFirst().equals("api") ? "api/" + parts.get(2) : parts.getFirst();
    }

    List<Route> routes() {
        return rules.stream().map(Rule::route).toList();
    }

    void protect(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // A dispatch to the error page, or the second half of an asynchronous answer, belongs to a request already
        // judged.
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll();
        // One look at the path finds the route: a matcher for each would parse the path as many times as there are
        // routes.
        requests.anyRequest().access(this::decide);
    }

    private @Nullable AuthorizationResult decide(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var request = context.getRequest();
        var rule = rule(request);
        if (rule == null) {
            return new AuthorizationDecision(false);
        }
        request.setAttribute(MATCHED, true);
        return rule.judge().authorize(authentication, context);
    }

    private @Nullable Judged rule(HttpServletRequest request) {
        var named = HttpMethod.valueOf(request.getMethod());
        var method = named.equals(HttpMethod.HEAD) ? HttpMethod.GET : named;
        var path = path(request);
        var known = judged.getOrDefault(method, Map.of());
        for (var rule : known.getOrDefault(place(path), known.getOrDefault(ANY, List.of()))) {
            if (rule.pattern().matches(path)) {
                return rule;
            }
        }
        return null;
    }

    private static String place(PathContainer path) {
        var parts = new ArrayList<String>(3);
        for (var element : path.elements()) {
            if (parts.size() < 3 && element instanceof PathContainer.PathSegment part) {
                parts.add(part.valueToMatch());
            }
        }
        return place(parts);
    }

    /// As Spring's own matcher reads it.
    private static PathContainer path(HttpServletRequest request) {
        if (ServletRequestPathUtils.hasParsedRequestPath(request)) {
            return ServletRequestPathUtils.getParsedRequestPath(request).pathWithinApplication();
        }
        var path = ServletRequestPathUtils.parseAndCache(request);
        ServletRequestPathUtils.clearParsedRequestPath(request);
        return path.pathWithinApplication();
    }

    private AuthorizationManager<RequestAuthorizationContext> judge(Route route) {
        return switch (route.access()) {
            case OPEN -> SingleResultAuthorizationManager.permitAll();
            case OPERATIONS -> this::operations;
            case PROVISIONING -> complete(this::provisions);
            case FIRST_FACTOR -> AuthorityAuthorizationManager.hasAnyAuthority(Factors.PASSWORD, Factors.SSO);
            case SIGNED_IN -> complete((authentication, context) -> decide(route, authentication, context));
            case RIGHTS -> complete((authentication, context) -> decide(route, authentication, context));
        };
    }

    private AuthorizationManager<RequestAuthorizationContext> complete(
            AuthorizationManager<RequestAuthorizationContext> actor) {
        AuthorizationManager<Object> factors = factory.authenticated();
        AuthorizationManager<RequestAuthorizationContext> both = factors::authorize;
        return AuthorizationManagers.allOf(both, actor);
    }

    private AuthorizationDecision decide(
            Route route,
            Supplier<? extends @Nullable Authentication> authentication,
            RequestAuthorizationContext context) {
        var request = context.getRequest();
        var caller = actors.of(request, authentication.get());
        if (caller.isEmpty() || !may(caller.get(), route)) {
            return new AuthorizationDecision(false);
        }
        if (route.stepUp() && !confirmed(caller.get(), authentication.get())) {
            request.setAttribute(StepUp.NEEDED, true);
            return new AuthorizationDecision(false);
        }
        if (route.recordedAs() != null) {
            request.setAttribute(RecordedReads.ACTION, route.recordedAs());
        }
        return new AuthorizationDecision(true);
    }

    /// A client's token is of this hour. A personal token lives long, and nobody stands behind it who could confirm.
    private boolean confirmed(Caller caller, @Nullable Authentication authentication) {
        return switch (caller.means()) {
            case CLIENT_TOKEN -> true;
            case PERSONAL_TOKEN -> false;
            case SESSION -> authentication != null && StepUp.fresh(Factors.confirmed(authentication), time.instant());
        };
    }

    private boolean may(Caller caller, Route route) {
        var reads = route.method().equals(HttpMethod.GET);
        return caller.scopes().contains(reads ? Scope.READ : Scope.WRITE)
                && (route.outside() || !caller.actor().outside())
                && (route.rights().isEmpty()
                        || route.rights().stream().anyMatch(right -> roles.may(caller.actor(), right)));
    }

    /// From this computer, as long as the server serves nobody else; else by a token with the scope for it, or an
    /// administrator's session.
    private AuthorizationDecision operations(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        if (here.serves(context.getRequest())) {
            return new AuthorizationDecision(true);
        }
        var judged = complete((who, what) -> {
                    var caller = actors.of(what.getRequest(), who.get());
                    return new AuthorizationDecision(
                            caller.filter(this::measures).isPresent());
                })
                .authorize(authentication, context);
        return new AuthorizationDecision(judged != null && judged.isGranted());
    }

    private AuthorizationDecision provisions(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        var caller = actors.of(context.getRequest(), authentication.get());
        return new AuthorizationDecision(caller.filter(found -> found.means() == Caller.Means.CLIENT_TOKEN
                        && found.scopes().contains(Scope.SCIM))
                .isPresent());
    }

    private boolean measures(Caller caller) {
        return caller.scopes().contains(Scope.METRICS)
                && (caller.means() == Caller.Means.CLIENT_TOKEN || roles.may(caller.actor(), Right.ADMINISTER));
    }
}
