package dev.conduct.cli;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// What a load balancer and a Prometheus ask for. Whether the server is well anybody may know, how busy it is not.
@Component
class OperationsRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.GET, "/health/live"),
                Route.open(HttpMethod.GET, "/health/ready"),
                Route.operations(HttpMethod.GET, "/metrics"));
    }
}
