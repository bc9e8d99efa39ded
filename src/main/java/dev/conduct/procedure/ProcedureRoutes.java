package dev.conduct.procedure;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class ProcedureRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/api/v1/procedure"),
                Route.signedIn(HttpMethod.GET, "/api/v1/procedure/clauses"),
                Route.signedIn(HttpMethod.GET, "/api/v1/procedure/versions"),
                Route.signedIn(HttpMethod.GET, "/api/v1/procedure/versions/*"),
                Route.signedIn(HttpMethod.GET, "/api/v1/procedure/diff"));
    }
}
