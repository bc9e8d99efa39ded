package dev.conduct.standards;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Standards are read by everybody inside; who keeps the components of a product keeps its standards.
@Component
class StandardsRoutes implements Routes {

    private static final String API = "/api/v1/standards";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/standards"),
                Route.signedIn(HttpMethod.POST, "/standards"),
                Route.signedIn(HttpMethod.GET, "/standards/people"),
                Route.signedIn(HttpMethod.GET, "/standards/people/*"),
                Route.signedIn(HttpMethod.GET, "/standards/export.csv")
                        .withStepUp()
                        .recorded("standards.export"),
                Route.signedIn(HttpMethod.GET, "/standards/*"),
                Route.signedIn(HttpMethod.POST, "/standards/*/versions"),
                Route.signedIn(HttpMethod.POST, "/standards/*/approval"),
                Route.signedIn(HttpMethod.POST, "/standards/*/acknowledgement"),
                Route.signedIn(HttpMethod.POST, "/standards/*/trainings"),
                Route.signedIn(HttpMethod.POST, "/standards/*/retirement"),
                Route.signedIn(HttpMethod.GET, API),
                Route.signedIn(HttpMethod.POST, API),
                Route.signedIn(HttpMethod.GET, API + "/*"),
                Route.signedIn(HttpMethod.POST, API + "/*/versions"),
                Route.signedIn(HttpMethod.POST, API + "/*/approval"),
                Route.signedIn(HttpMethod.POST, API + "/*/trainings"),
                Route.signedIn(HttpMethod.POST, API + "/*/retirement"),
                Route.signedIn(HttpMethod.GET, API + "/*/people"));
    }
}
