package dev.conduct.quality;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Reports are sent by those who build and test, and read by everybody of the company. The pages are open to
/// everybody inside; which products they tell of, the roles that a person holds for each decide.
@Component
class QualityRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.may(HttpMethod.POST, "/api/v1/reports", Right.SEND_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/reports/*", Right.READ_REPORTS),
                Route.may(HttpMethod.POST, "/api/v1/reports/*/attachments", Right.SEND_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/reports/*/attachments", Right.READ_REPORTS),
                Route.may(HttpMethod.GET, "/api/v1/reports/*/attachments/*", Right.READ_REPORTS),
                Route.signedIn(HttpMethod.GET, "/api/v1/items/*/tests"),
                Route.signedIn(HttpMethod.PUT, "/api/v1/items/*/tests/*"),
                Route.signedIn(HttpMethod.DELETE, "/api/v1/items/*/tests/*"),
                Route.signedIn(HttpMethod.GET, "/api/v1/products/*/tests/*/break"),
                Route.signedIn(HttpMethod.GET, "/quality"),
                Route.signedIn(HttpMethod.GET, "/quality/*"),
                Route.signedIn(HttpMethod.GET, "/quality/*/runs"),
                Route.signedIn(HttpMethod.GET, "/quality/*/runs/*"),
                Route.signedIn(HttpMethod.GET, "/quality/*/runs/*/changes"),
                Route.signedIn(HttpMethod.GET, "/api/v1/products/*/changed-lines"),
                Route.signedIn(HttpMethod.POST, "/quality/*/runs/*/causes/*"),
                Route.signedIn(HttpMethod.POST, "/quality/*/runs/*/causes/*/defect"),
                Route.signedIn(HttpMethod.GET, "/quality/*/tests/*"),
                Route.signedIn(HttpMethod.POST, "/quality/*/tests/*/quarantine"),
                Route.signedIn(HttpMethod.POST, "/quality/*/tests/*/release"),
                Route.signedIn(HttpMethod.POST, "/quality/*/tests/*/links"),
                Route.signedIn(HttpMethod.POST, "/quality/*/tests/*/links/removal"),
                Route.signedIn(HttpMethod.GET, "/quality/*/flaky"),
                Route.signedIn(HttpMethod.GET, "/quality/*/code"),
                Route.signedIn(HttpMethod.POST, "/quality/*/code/*/findings/*"),
                Route.signedIn(HttpMethod.GET, "/quality/*/coverage"),
                Route.signedIn(HttpMethod.GET, "/quality/*/coverage/file"),
                Route.signedIn(HttpMethod.POST, "/quality/*/components"));
    }
}
