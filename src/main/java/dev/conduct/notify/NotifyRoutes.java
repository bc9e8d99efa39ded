package dev.conduct.notify;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class NotifyRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/inbox"),
                Route.signedIn(HttpMethod.POST, "/inbox/read"),
                Route.signedIn(HttpMethod.GET, "/account/notices"),
                Route.signedIn(HttpMethod.POST, "/account/notices"),
                Route.signedIn(HttpMethod.GET, "/api/v1/notices"),
                Route.signedIn(HttpMethod.GET, "/mentions"),
                Route.open(HttpMethod.GET, "/unsubscribe"),
                Route.open(HttpMethod.POST, "/unsubscribe"));
    }
}
