package dev.conduct.work;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Files, watchers and suggestions: of items that the actor may see.
@Component
class PaperRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/api/v1/items/*/attachments").andOutside(),
                Route.signedIn(HttpMethod.POST, "/api/v1/items/*/attachments").andOutside(),
                Route.signedIn(HttpMethod.GET, "/api/v1/items/*/attachments/*").andOutside(),
                Route.signedIn(HttpMethod.DELETE, "/api/v1/items/*/watchers"),
                Route.signedIn(HttpMethod.GET, "/api/v1/items/*/suggestions"),
                Route.signedIn(HttpMethod.GET, "/api/v1/items/similar").andOutside(),
                Route.signedIn(HttpMethod.POST, "/items/*/attachments"),
                Route.signedIn(HttpMethod.GET, "/items/*/attachments/*"),
                Route.signedIn(HttpMethod.POST, "/items/*/watchers"));
    }
}
