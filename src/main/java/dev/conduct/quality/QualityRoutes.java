package dev.conduct.quality;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Reports are sent by those who build and test, and read by everybody of the company.
@Component
class QualityRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.may(HttpMethod.POST, "/api/v1/reports", Right.SEND_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/reports/*", Right.READ_REPORTS));
    }
}
