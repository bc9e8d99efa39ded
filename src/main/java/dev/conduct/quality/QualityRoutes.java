package dev.conduct.quality;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Reports are sent by those who build and test, and read by everybody of the company.
@Component
class QualityRoutes implements Routes {

    private static final String[] SENDERS = {
        "administrator", "developer", "lead_developer", "qa", "release_manager", "project_manager"
    };

    private static final String[] READERS = {
        "administrator",
        "developer",
        "lead_developer",
        "qa",
        "release_manager",
        "project_manager",
        "product_owner",
        "support",
        "on_call",
        "compliance",
        "auditor"
    };

    @Override
    public List<Route> routes() {
        return List.of(
                Route.roles(HttpMethod.POST, "/api/v1/reports", SENDERS),
                Route.roles(HttpMethod.GET, "/api/v1/reports/*", READERS));
    }
}
