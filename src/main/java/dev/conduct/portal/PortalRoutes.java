package dev.conduct.portal;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class PortalRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.GET, "/portal/sign-in"),
                Route.signedIn(HttpMethod.GET, "/portal").andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/new").andOutside(),
                Route.signedIn(HttpMethod.POST, "/portal/new").andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/requests/{key}").andOutside(),
                Route.signedIn(HttpMethod.POST, "/portal/requests/{key}/messages")
                        .andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/requests/{key}/files/{id}")
                        .andOutside(),
                Route.signedIn(HttpMethod.GET, "/portal/requests/{key}/files/{id}/image")
                        .andOutside());
    }
}
