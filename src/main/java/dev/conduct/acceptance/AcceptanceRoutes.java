package dev.conduct.acceptance;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Acceptances are held inside; clients who were invited read theirs, say what they see, and sign with their second
/// factor.
@Component
class AcceptanceRoutes implements Routes {

    private static final String API = "/api/v1/acceptance-sessions/*";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/acceptance"),
                Route.signedIn(HttpMethod.GET, "/acceptance/*"),
                Route.signedIn(HttpMethod.POST, "/acceptance/*"),
                Route.signedIn(HttpMethod.GET, "/acceptance/*/*"),
                Route.signedIn(HttpMethod.POST, "/acceptance/*/*/invitations"),
                Route.signedIn(HttpMethod.POST, "/acceptance/*/*/feedback/*"),
                Route.signedIn(HttpMethod.POST, "/acceptance/*/*/end"),
                Route.signedIn(HttpMethod.GET, "/portal/acceptance").andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/acceptance/*").andOutside(),
                Route.signedIn(HttpMethod.POST, "/portal/acceptance/*/feedback").andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/acceptance/*/verdict")
                        .withStepUp()
                        .andOutside(),
                Route.signedIn(HttpMethod.POST, "/portal/acceptance/*/verdict")
                        .withStepUp()
                        .andOutside(),
                Route.signedIn(HttpMethod.GET, "/api/v1/products/*/acceptance-sessions"),
                Route.signedIn(HttpMethod.POST, "/api/v1/products/*/acceptance-sessions"),
                Route.signedIn(HttpMethod.GET, API).andOutside(),
                Route.signedIn(HttpMethod.POST, API + "/invitations"),
                Route.signedIn(HttpMethod.POST, API + "/feedback").andOutside(),
                Route.signedIn(HttpMethod.GET, API + "/feedback").andOutside(),
                Route.signedIn(HttpMethod.POST, API + "/feedback/*/decision"),
                Route.signedIn(HttpMethod.POST, API + "/end"));
    }
}
