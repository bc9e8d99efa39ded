package dev.conduct.openapi;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Open to anybody: it tells how to ask, which the source does too, and nothing of what is in this installation.
/// Generators of clients and checkers read it before they have a token.
@Component
class DescriptionRoutes implements Routes {

    static final String PATH = "/api/v1/openapi.json";

    @Override
    public List<Route> routes() {
        return List.of(Route.open(HttpMethod.GET, PATH));
    }
}
