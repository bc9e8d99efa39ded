package dev.conduct.testing;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Plans and runs are read by everybody inside who reads reports, and written by those who send them; for which
/// product, the roles that a person holds for each decide.
@Component
class TestingRoutes implements Routes {

    private static final String API = "/api/v1";

    @Override
    public List<Route> routes() {
        return Stream.of(pages(), readByPrograms(), writtenByPrograms())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> pages() {
        return List.of(
                page(HttpMethod.GET, ""),
                page(HttpMethod.GET, "/*"),
                page(HttpMethod.POST, "/*/plans"),
                page(HttpMethod.GET, "/*/plans/*"),
                page(HttpMethod.POST, "/*/plans/*"),
                page(HttpMethod.GET, "/*/plans/*/case"),
                page(HttpMethod.POST, "/*/plans/*/case"),
                page(HttpMethod.GET, "/*/plans/*/import"),
                page(HttpMethod.POST, "/*/plans/*/import"),
                page(HttpMethod.POST, "/*/plans/*/runs"),
                page(HttpMethod.GET, "/*/cases/*"),
                page(HttpMethod.GET, "/*/cases/*/form"),
                page(HttpMethod.POST, "/*/cases/*"),
                page(HttpMethod.POST, "/*/cases/*/retirement"),
                page(HttpMethod.GET, "/*/catalogue"),
                page(HttpMethod.POST, "/*/catalogue/parts"),
                page(HttpMethod.POST, "/*/catalogue/points"),
                page(HttpMethod.GET, "/*/coverage"),
                page(HttpMethod.GET, "/*/runs"),
                page(HttpMethod.GET, "/*/runs/*"),
                page(HttpMethod.POST, "/*/runs/*/cases/*/verdict"),
                page(HttpMethod.POST, "/*/runs/*/cases/*/defect"),
                page(HttpMethod.POST, "/*/runs/*/results"),
                page(HttpMethod.POST, "/*/runs/*/end"));
    }

    private static Route page(HttpMethod method, String path) {
        return Route.signedIn(method, "/testing" + path);
    }

    private static List<Route> readByPrograms() {
        return Stream.of(
                        "/products/*/integration-parts",
                        "/products/*/integration-points",
                        "/products/*/test-plans",
                        "/products/*/test-runs",
                        "/products/*/test-coverage",
                        "/test-plans/*",
                        "/test-plans/*/cases",
                        "/test-cases/*",
                        "/test-cases/*/versions",
                        "/test-runs/*",
                        "/test-runs/*/cases",
                        "/test-runs/*/cases/*")
                .map(path -> Route.may(HttpMethod.GET, API + path, Right.READ_REPORTS))
                .toList();
    }

    private static List<Route> writtenByPrograms() {
        return Stream.of(
                        Route.may(HttpMethod.POST, API + "/products/*/integration-parts", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/products/*/integration-points", Right.SEND_REPORTS),
                        Route.may(HttpMethod.PUT, API + "/integration-parts/*", Right.SEND_REPORTS),
                        Route.may(HttpMethod.PUT, API + "/integration-points/*", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/products/*/test-plans", Right.SEND_REPORTS),
                        Route.may(HttpMethod.PUT, API + "/test-plans/*", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-plans/*/cases", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-plans/*/imports", Right.SEND_REPORTS),
                        Route.may(HttpMethod.PUT, API + "/test-cases/*", Right.SEND_REPORTS),
                        Route.may(HttpMethod.DELETE, API + "/test-cases/*", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-plans/*/runs", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-runs/*/cases/*/verdict", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-runs/*/cases/*/defects", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-runs/*/results", Right.SEND_REPORTS),
                        Route.may(HttpMethod.POST, API + "/test-runs/*/end", Right.SEND_REPORTS))
                .toList();
    }
}
