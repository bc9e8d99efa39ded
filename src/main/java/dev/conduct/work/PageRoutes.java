package dev.conduct.work;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// The pages of work are open to everybody signed in; what each may do there, the one door decides.
@Component
class PageRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/"),
                Route.signedIn(HttpMethod.GET, "/me"),
                Route.signedIn(HttpMethod.POST, "/me/first-steps/end"),
                Route.signedIn(HttpMethod.GET, "/find"),
                Route.signedIn(HttpMethod.GET, "/products"),
                Route.signedIn(HttpMethod.POST, "/products"),
                Route.signedIn(HttpMethod.GET, "/lines/*"),
                Route.signedIn(HttpMethod.GET, "/lines/*/new"),
                Route.signedIn(HttpMethod.GET, "/lines/*/signals"),
                Route.signedIn(HttpMethod.GET, "/lines/*/board"),
                Route.signedIn(HttpMethod.POST, "/lines/*/board"),
                Route.signedIn(HttpMethod.GET, "/lines/*/export.csv").recorded("list.export"),
                Route.signedIn(HttpMethod.GET, "/lines/*/export.json").recorded("list.export"),
                Route.signedIn(HttpMethod.GET, "/lines/*/completion"),
                Route.signedIn(HttpMethod.POST, "/lines/*/bulk"),
                Route.signedIn(HttpMethod.POST, "/lines/*/bulk/foresight"),
                Route.signedIn(HttpMethod.POST, "/lines/*/bulk/undo"),
                Route.signedIn(HttpMethod.POST, "/lines/*/views"),
                Route.signedIn(HttpMethod.POST, "/lines/*/views/first"),
                Route.signedIn(HttpMethod.POST, "/lines/*/views/*/removal"),
                Route.signedIn(HttpMethod.GET, "/palette"),
                Route.signedIn(HttpMethod.POST, "/lines/*/new"),
                Route.signedIn(HttpMethod.GET, "/items/*"),
                Route.signedIn(HttpMethod.GET, "/items/*/kept/*").recorded("kept.read"),
                Route.signedIn(HttpMethod.GET, "/items/*/proof").recorded("proof.export"),
                Route.signedIn(HttpMethod.POST, "/items/*/moves"),
                Route.signedIn(HttpMethod.POST, "/items/*/fields"),
                Route.signedIn(HttpMethod.POST, "/items/*/undo"),
                Route.signedIn(HttpMethod.POST, "/items/*/evidence"),
                Route.signedIn(HttpMethod.POST, "/items/*/comments"),
                Route.signedIn(HttpMethod.POST, "/items/*/comments/*"),
                Route.signedIn(HttpMethod.POST, "/items/*/comments/*/deletion"),
                Route.signedIn(HttpMethod.GET, "/items/*/glance"),
                Route.signedIn(HttpMethod.POST, "/preview"),
                Route.signedIn(HttpMethod.GET, "/items/*/attachments/*/image"),
                Route.signedIn(HttpMethod.POST, "/items/*/links"),
                Route.signedIn(HttpMethod.POST, "/items/*/readers"),
                Route.signedIn(HttpMethod.POST, "/admin/products/*/visibility"),
                Route.signedIn(HttpMethod.POST, "/admin/products/*/archive"),
                Route.signedIn(HttpMethod.GET, "/admin/products"),
                Route.signedIn(HttpMethod.POST, "/admin/products"),
                Route.signedIn(HttpMethod.POST, "/admin/products/*/name"),
                Route.signedIn(HttpMethod.POST, "/admin/products/*/components/change"),
                Route.signedIn(HttpMethod.POST, "/admin/products/*/components"));
    }
}
