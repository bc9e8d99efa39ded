package dev.conduct.identity;

import dev.conduct.kernel.Routes;
import dev.conduct.kernel.Routes.Route;
import jakarta.servlet.DispatcherType;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationManagerFactory;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.authorization.SingleResultAuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Every route that some module opens, the narrowest pattern first. What is not in here is denied.
@Component
class RouteTable {

    /// Set on requests that match a route, so that a refusal can tell "not yours" from "not there".
    static final String MATCHED = RouteTable.class.getName() + ".matched";

    private final List<Rule> rules;
    private final CurrentActor actors;
    private final AuthorizationManagerFactory<Object> factory;

    private record Rule(Route route, PathPattern pattern) {}

    RouteTable(List<Routes> modules, CurrentActor actors, AuthorizationManagerFactory<Object> factory) {
        this.actors = actors;
        this.factory = factory;
        this.rules = modules.stream()
                .flatMap(module -> module.routes().stream())
                .map(route -> new Rule(route, PathPatternParser.defaultInstance.parse(route.pattern())))
                .sorted(Comparator.comparing(Rule::pattern))
                .toList();
    }

    List<Route> routes() {
        return rules.stream().map(Rule::route).toList();
    }

    void protect(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        // A dispatch to the error page, or the second half of an asynchronous answer, belongs to a request already
        // judged.
        requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                .permitAll();
        for (var rule : rules) {
            var judge = matched(judge(rule.route()));
            requests.requestMatchers(matcher(rule.route().method(), rule)).access(judge);
            if (rule.route().method().equals(HttpMethod.GET)) {
                requests.requestMatchers(matcher(HttpMethod.HEAD, rule)).access(judge);
            }
        }
        requests.anyRequest().denyAll();
    }

    private static PathPatternRequestMatcher matcher(HttpMethod method, Rule rule) {
        return PathPatternRequestMatcher.withDefaults()
                .matcher(method, rule.route().pattern());
    }

    private AuthorizationManager<RequestAuthorizationContext> judge(Route route) {
        return switch (route.access()) {
            case OPEN -> SingleResultAuthorizationManager.permitAll();
            case FIRST_FACTOR -> AuthorityAuthorizationManager.hasAuthority(Factors.PASSWORD);
            case SIGNED_IN -> complete((authentication, context) -> decide(route, authentication, context));
            case ROLES -> complete((authentication, context) -> decide(route, authentication, context));
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
        var actor = actors.of(context.getRequest(), authentication.get());
        return new AuthorizationDecision(
                actor.isPresent() && (route.roles().isEmpty() || actor.get().hasAny(route.roles())));
    }

    private static AuthorizationManager<RequestAuthorizationContext> matched(
            AuthorizationManager<RequestAuthorizationContext> judge) {
        return (authentication, context) -> {
            context.getRequest().setAttribute(MATCHED, true);
            return judge.authorize(authentication, context);
        };
    }
}
