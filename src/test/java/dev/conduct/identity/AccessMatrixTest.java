package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.Routes.Access;
import dev.conduct.kernel.Routes.Route;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Every route of the table, by every role of the procedure and by a stranger, on an object of one's own and on one
/// that is another customer's. What is expected follows from the table and from what customers see, nothing else.
@ConductTest
class AccessMatrixTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger PRODUCTS = new AtomicInteger();
    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    /// Streams that do not end, and what a bare request rightly refuses before it looks at the object.
    private static final Set<String> NOT_ASKED = Set.of("/live", "/api/v1/live");

    private final RouteTable routes;
    private final Roles roles;
    private final Clients clients;
    private final Accounts accounts;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;
    private final String product = "MX" + PRODUCTS.incrementAndGet();

    AccessMatrixTest(
            RouteTable routes,
            Roles roles,
            Clients clients,
            Accounts accounts,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        this.routes = routes;
        this.roles = roles;
        this.clients = clients;
        this.accounts = accounts;
        this.db = db;
        this.clock = clock;
        this.port = port;
    }

    /// @param outside whether it is a customer
    private record Caller(String role, boolean outside, String bearer, String own) {}

    @Test
    void each_api_route_answers_each_role_as_the_table_says_and_nobody_reads_what_is_not_theirs() {
        program("administrator").send("POST", "/api/v1/products", Map.of("key", product, "name", "Matrix"));
        var rival = report(program("customer"));
        var wrong = new ArrayList<String>();
        var asked = 0;

        for (var role : roles.all()) {
            var program = program(role.name());
            var outside = role.outside();
            var caller = new Caller(role.name(), outside, program.bearer(), outside ? report(program) : rival);
            for (var route : apiRoutes()) {
                if (opened(caller, route) && route.method() != HttpMethod.GET && !ofAnItem(route)) {
                    continue; // what changes the installation is not called for the sake of its answer
                }
                asked++;
                check(caller, route, caller.own(), false, program, wrong);
                if (outside && ofAnItem(route)) {
                    asked++;
                    check(caller, route, rival, true, program, wrong);
                }
            }
        }
        var stranger = new Program(new Http(port), "");
        for (var route : apiRoutes()) {
            asked++;
            var status = stranger.status(route.method(), path(route, rival));
            if (route.access() == Access.OPEN ? status == 401 || status == 403 : status != 401) {
                wrong.add("stranger " + route.method() + " " + route.pattern() + ": " + status);
            }
        }

        assertThat(asked).isGreaterThan(300);
        assertThat(wrong).isEmpty();
    }

    private void check(Caller caller, Route route, String item, boolean foreign, Program program, List<String> wrong) {
        var status = program.status(route.method(), path(route, item));
        var says = caller.role() + " " + route.method() + " " + route.pattern() + (foreign ? " of another" : "") + ": "
                + status;
        if (!opened(caller, route)) {
            if (status != 403) {
                wrong.add(says + ", expected 403: the table does not open it");
            }
        } else if (foreign) {
            if (route.method() == HttpMethod.GET ? status != 404 : (status < 400 || status == 401 || status >= 500)) {
                wrong.add(says + ", expected that it is not there");
            }
        } else if (status == 401 || status >= 500 || route.method() == HttpMethod.GET && status == 403) {
            wrong.add(says + ", expected that it is opened");
        }
    }

    private boolean opened(Caller caller, Route route) {
        return route.access() == Access.OPEN
                || (granted(caller.role(), route) && (!caller.outside() || route.outside()));
    }

    private boolean granted(String role, Route route) {
        return route.rights().isEmpty() || route.rights().stream().anyMatch(right -> roles.may(Set.of(role), right));
    }

    @Test
    void each_page_answers_people_inside_and_outside_as_the_table_says() {
        db.sql("delete from identity.throttle").update();
        program("administrator").send("POST", "/api/v1/products", Map.of("key", product, "name", "Matrix"));
        var wrong = new ArrayList<String>();
        // The last is somebody of a customer's organisation, without a role of any kind.
        for (var role : List.of("administrator", "developer", "customer", "")) {
            var outside = role.equals("customer") || role.isEmpty();
            var person = signedIn(role);
            var own = report(program("support"));
            for (var route : pages()) {
                var status = person.http.get(path(route, own)).statusCode();
                var opened = granted(role, route) && (!outside || route.outside());
                var led = outside
                        && (route.pattern().equals("/") || route.pattern().equals("/me"))
                        && status == 302;
                if (!opened && status != 403 && !led || opened && (status == 403 || status >= 500)) {
                    wrong.add(role + " " + route.pattern() + ": " + status + ", opened: " + opened);
                }
            }
            if (outside) {
                sendsNothingInside(person, own, wrong);
            }
        }

        assertThat(wrong).isEmpty();
    }

    /// With a token of their own forms, which other requests of theirs are taken with.
    private void sendsNothingInside(Visitor person, String item, List<String> wrong) {
        var token = Http.token(person.http.get("/account"));
        assertThat(person.http
                        .form("/account/name", Map.of("_csrf", token, "name", "Matrix"))
                        .statusCode())
                .as("a form of their own")
                .isNotEqualTo(403);
        routes.routes().stream()
                .filter(route ->
                        route.method() == HttpMethod.POST && !route.pattern().startsWith("/api/"))
                .filter(route -> route.access() == Access.SIGNED_IN || route.access() == Access.RIGHTS)
                .filter(route -> !route.outside())
                .forEach(route -> {
                    var status = person.http
                            .form(path(route, item), Map.of("_csrf", token))
                            .statusCode();
                    if (status != 403) {
                        wrong.add("outside POST " + route.pattern() + ": " + status + ", expected 403");
                    }
                });
    }

    private List<Route> apiRoutes() {
        return routes.routes().stream()
                .filter(route -> route.pattern().startsWith("/api/v1/"))
                .filter(route -> route.access() != Access.OPERATIONS && !NOT_ASKED.contains(route.pattern()))
                .toList();
    }

    private List<Route> pages() {
        return routes.routes().stream()
                .filter(route ->
                        route.method() == HttpMethod.GET && !route.pattern().startsWith("/api/"))
                .filter(route -> route.access() == Access.SIGNED_IN || route.access() == Access.RIGHTS)
                .filter(route -> !route.stepUp() && !NOT_ASKED.contains(route.pattern()))
                .toList();
    }

    private static boolean ofAnItem(Route route) {
        return route.pattern().startsWith("/api/v1/items/*");
    }

    private String path(Route route, String item) {
        var path = route.pattern();
        if (path.startsWith("/api/v1/items/") || path.startsWith("/items/")) {
            path = path.replaceFirst("\\*|\\{[^}]*}", item);
        }
        if (path.startsWith("/lines/")) {
            path = path.replaceFirst("\\*|\\{[^}]*}", "bug");
        }
        return path.replaceAll("\\*+|\\{[^}]*}", UUID.randomUUID().toString());
    }

    private record Program(Http http, String bearer) {

        int status(HttpMethod method, String path) {
            var body = method == HttpMethod.GET || method == HttpMethod.DELETE ? "" : "{}";
            return (bearer.isEmpty()
                            ? http.send(method.name(), path, body, "Content-Type", "application/json")
                            : http.send(
                                    method.name(),
                                    path,
                                    body,
                                    "Content-Type",
                                    "application/json",
                                    "Authorization",
                                    bearer))
                    .statusCode();
        }

        String send(String method, String path, Object body) {
            return http.send(
                            method,
                            path,
                            JSON.writeValueAsString(body),
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            bearer)
                    .body();
        }
    }

    private String report(Program by) {
        var made = by.send(
                "POST",
                "/api/v1/items",
                Map.of("type", "bug", "product", product, "title", "Matrix", "fields", Map.of("severity", "low")));
        return JSON.readTree(made).get("key").asString();
    }

    private Program program(String role) {
        var key = clients.create("matrix " + role, Set.of(role), "system:cli", "cli");
        var answer = new Http(port)
                .form(
                        "/oauth2/token",
                        Map.of("grant_type", "client_credentials"),
                        "Authorization",
                        Http.basic(key.clientId(), key.clientSecret()));
        return new Program(
                new Http(port),
                "Bearer " + JSON.readTree(answer.body()).get("access_token").asString());
    }

    private Visitor signedIn(String role) {
        clock.advance(Duration.ofMinutes(1));
        var email = "matrix" + UUID.randomUUID() + "@example.org";
        var person = accounts.add("Matrix", email, role.isEmpty() ? Set.of() : Set.of(role), ADMINISTRATOR);
        var token = accounts.invite(person.id(), ADMINISTRATOR);
        var visitor = new Visitor(port);
        visitor.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", Visitor.PASSWORD));
        visitor.enrol(clock.instant());
        return visitor;
    }
}
