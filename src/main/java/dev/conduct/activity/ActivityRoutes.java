package dev.conduct.activity;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Everybody reads their own acts, whoever reads the log those of all: the handlers narrow it. What goes out as a file
/// asks for the second factor again and stands in the log itself.
@Component
class ActivityRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/log"),
                Route.signedIn(HttpMethod.GET, "/log/entries/{index}"),
                Route.signedIn(HttpMethod.GET, "/log/entries/{index}/proof").recorded("proof.export"),
                Route.signedIn(HttpMethod.GET, "/log/heads"),
                Route.signedIn(HttpMethod.GET, "/log/state"),
                Route.signedIn(HttpMethod.POST, "/log/state/check"),
                Route.signedIn(HttpMethod.POST, "/log/state/drill"),
                Route.signedIn(HttpMethod.GET, "/log/export.csv").withStepUp().recorded("log.export"),
                Route.signedIn(HttpMethod.GET, "/log/export.json").withStepUp().recorded("log.export"),
                Route.signedIn(HttpMethod.GET, "/api/v1/activity"));
    }
}
