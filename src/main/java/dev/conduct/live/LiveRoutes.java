package dev.conduct.live;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class LiveRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(Route.signedIn(HttpMethod.GET, "/live").andOutside());
    }
}
