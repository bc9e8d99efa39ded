package dev.conduct.mocks;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Mocks are written by those who send reports and seen by those who read them. Where they answer is open to whoever
/// knows the token in the address.
@Component
class MocksRoutes implements Routes {

    private static final String API = "/api/v1/products/*/mocks";

    @Override
    public List<Route> routes() {
        return Stream.concat(
                        Stream.of(
                                Route.signedIn(HttpMethod.GET, "/mocks/*"),
                                Route.signedIn(HttpMethod.POST, "/mocks/*"),
                                Route.signedIn(HttpMethod.GET, "/mocks/*/*"),
                                Route.signedIn(HttpMethod.POST, "/mocks/*/*"),
                                Route.signedIn(HttpMethod.GET, "/mocks/*/*/mappings"),
                                Route.signedIn(HttpMethod.POST, "/mocks/*/*/retirement"),
                                Route.signedIn(HttpMethod.POST, "/mocks/*/*/address"),
                                Route.signedIn(HttpMethod.POST, "/mocks/*/*/reset"),
                                Route.may(HttpMethod.GET, API, Right.READ_REPORTS),
                                Route.may(HttpMethod.GET, API + "/*", Right.READ_REPORTS),
                                Route.may(HttpMethod.PUT, API + "/*", Right.SEND_REPORTS),
                                Route.may(HttpMethod.DELETE, API + "/*", Right.SEND_REPORTS),
                                Route.may(HttpMethod.GET, API + "/*/requests", Right.READ_REPORTS),
                                Route.may(HttpMethod.POST, API + "/*/reset", Right.SEND_REPORTS)),
                        Stream.of(
                                        HttpMethod.GET,
                                        HttpMethod.POST,
                                        HttpMethod.PUT,
                                        HttpMethod.PATCH,
                                        HttpMethod.DELETE,
                                        HttpMethod.OPTIONS)
                                .map(method -> Route.open(method, MockServing.PATH + "/*/**")))
                .toList();
    }
}
