package dev.conduct.cli;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// What a load balancer, a Prometheus and the author of a client ask for. They answer anybody: they tell how the server
/// fares and what it can be asked, not what is in it.
@Component
class OperationsRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.GET, "/health/live"),
                Route.open(HttpMethod.GET, "/health/ready"),
                Route.open(HttpMethod.GET, "/metrics"),
                Route.open(HttpMethod.GET, "/api/v1/openapi.json"));
    }
}
