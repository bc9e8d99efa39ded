package dev.conduct.rulebook;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class RulebookRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/procedure"),
                Route.signedIn(HttpMethod.GET, "/procedure/clauses/*"),
                Route.signedIn(HttpMethod.GET, "/procedure/lines/*"),
                Route.signedIn(HttpMethod.GET, "/procedure/parameters"),
                Route.signedIn(HttpMethod.GET, "/procedure/observed"),
                Route.signedIn(HttpMethod.GET, "/procedure/versions"),
                Route.signedIn(HttpMethod.GET, "/procedure/versions/*"),
                Route.may(HttpMethod.POST, "/api/v1/procedure/versions", Right.ADOPT));
    }
}
