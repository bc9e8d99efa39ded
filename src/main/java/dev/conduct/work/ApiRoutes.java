package dev.conduct.work;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// The API of work is open to everybody signed in; what each may do, the one door decides.
@Component
class ApiRoutes implements Routes {

    private static final String ITEM = "/api/v1/items/*";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/api/v1/products").andOutside(),
                Route.signedIn(HttpMethod.POST, "/api/v1/products"),
                Route.signedIn(HttpMethod.PATCH, "/api/v1/products/*"),
                Route.signedIn(HttpMethod.PUT, ITEM + "/readers"),
                Route.signedIn(HttpMethod.DELETE, ITEM + "/readers"),
                Route.signedIn(HttpMethod.GET, "/api/v1/products/*/components"),
                Route.signedIn(HttpMethod.POST, "/api/v1/products/*/components"),
                Route.signedIn(HttpMethod.PATCH, "/api/v1/products/*/components"),
                Route.signedIn(HttpMethod.GET, "/api/v1/search"),
                Route.signedIn(HttpMethod.GET, "/api/v1/views"),
                Route.signedIn(HttpMethod.POST, "/api/v1/views"),
                Route.signedIn(HttpMethod.PATCH, "/api/v1/views/*"),
                Route.signedIn(HttpMethod.DELETE, "/api/v1/views/*"),
                Route.signedIn(HttpMethod.GET, "/api/v1/items").andOutside(),
                Route.signedIn(HttpMethod.POST, "/api/v1/items").andOutside(),
                Route.signedIn(HttpMethod.POST, "/api/v1/items/bulk"),
                Route.signedIn(HttpMethod.GET, ITEM).andOutside(),
                Route.signedIn(HttpMethod.PATCH, ITEM).andOutside(),
                Route.signedIn(HttpMethod.GET, ITEM + "/transitions").andOutside(),
                Route.signedIn(HttpMethod.POST, ITEM + "/transitions").andOutside(),
                Route.signedIn(HttpMethod.GET, ITEM + "/evidence"),
                Route.signedIn(HttpMethod.POST, ITEM + "/evidence"),
                Route.signedIn(HttpMethod.GET, ITEM + "/events").andOutside(),
                Route.signedIn(HttpMethod.GET, ITEM + "/fields/*").recorded("kept.read"),
                Route.signedIn(HttpMethod.GET, ITEM + "/bundle").recorded("proof.export"),
                Route.signedIn(HttpMethod.GET, ITEM + "/comments").andOutside(),
                Route.signedIn(HttpMethod.POST, ITEM + "/comments").andOutside(),
                Route.signedIn(HttpMethod.PATCH, ITEM + "/comments/*"),
                Route.signedIn(HttpMethod.DELETE, ITEM + "/comments/*"),
                Route.signedIn(HttpMethod.GET, ITEM + "/links").andOutside(),
                Route.signedIn(HttpMethod.POST, ITEM + "/links"),
                Route.signedIn(HttpMethod.GET, ITEM + "/watchers"),
                Route.signedIn(HttpMethod.POST, ITEM + "/watchers"),
                Route.signedIn(HttpMethod.PUT, ITEM + "/watchers/me").andOutside(),
                Route.signedIn(HttpMethod.DELETE, ITEM + "/watchers/me").andOutside());
    }
}
