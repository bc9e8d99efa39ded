package dev.conduct.checks;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Checks are written and asked for by those who send reports, and read by those who read them; of which products, the
/// roles decide that a person holds for each. Secrets ask for the second factor again.
@Component
class ChecksRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(HttpMethod.GET, "/checks"),
                Route.signedIn(HttpMethod.GET, "/checks/*"),
                Route.signedIn(HttpMethod.POST, "/checks/*"),
                Route.signedIn(HttpMethod.GET, "/checks/*/new"),
                Route.signedIn(HttpMethod.POST, "/checks/*/drafts"),
                Route.signedIn(HttpMethod.POST, "/checks/*/secrets").withStepUp(),
                Route.signedIn(HttpMethod.POST, "/checks/*/secrets/*/removal").withStepUp(),
                Route.signedIn(HttpMethod.GET, "/checks/*/*"),
                Route.signedIn(HttpMethod.POST, "/checks/*/*"),
                Route.signedIn(HttpMethod.POST, "/checks/*/*/retirement"),
                Route.signedIn(HttpMethod.POST, "/checks/*/*/runs"),
                Route.signedIn(HttpMethod.GET, "/checks/*/*/runs/*"),
                Route.may(HttpMethod.GET, "/api/v1/products/*/checks", Right.READ_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/products/*/checks/*", Right.READ_REPORTS),
                Route.may(HttpMethod.PUT, "/api/v1/products/*/checks/*", Right.SEND_REPORTS),
                Route.may(HttpMethod.DELETE, "/api/v1/products/*/checks/*", Right.SEND_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/products/*/checks/*/runs", Right.READ_REPORTS),
                Route.may(HttpMethod.POST, "/api/v1/products/*/checks/*/runs", Right.SEND_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/products/*/checks/*/runs/*", Right.READ_REPORTS));
    }
}
