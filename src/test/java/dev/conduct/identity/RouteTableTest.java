package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// Abuse case 15 of the security rules: no way around the route table.
@ConductTest
class RouteTableTest {

    /// Reached only by the container, and a twin of the API's description that stays closed.
    private static final Set<String> NOT_OPENED = Set.of("/error", "/api/v1/openapi.json.yaml");

    private final RouteTable routes;
    private final Collection<RequestMappingHandlerMapping> mappings;
    private final int port;

    RouteTableTest(
            RouteTable routes, java.util.List<RequestMappingHandlerMapping> mappings, @LocalServerPort int port) {
        this.routes = routes;
        this.mappings = mappings;
        this.port = port;
    }

    @Test
    void every_handler_stands_in_the_route_table() {
        var missing = new TreeSet<String>();
        var seen = 0;
        for (var mapping : mappings) {
            for (var info : mapping.getHandlerMethods().keySet()) {
                for (var pattern :
                        Objects.requireNonNull(info.getPathPatternsCondition()).getPatterns()) {
                    seen++;
                    if (!NOT_OPENED.contains(pattern.getPatternString()) && !declared(info, pattern)) {
                        missing.add(info.getMethodsCondition().getMethods() + " " + pattern);
                    }
                }
            }
        }

        assertThat(seen).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/me;a=b",
                "/api/v1;x/me",
                "/api/v1%2fme",
                "/api/v1%2Fme",
                "//api/v1/me",
                "/api//v1/me",
                "/API/v1/me",
                "/api/v1/ME",
                "/api/v1/me.",
                "/api/v1/me.json",
                "/api/v1/me/",
                "/./api/v1/me",
                "/css/../api/v1/me",
                "/css/%2e%2e/api/v1/me",
                "/css/..%2fapi/v1/me",
                "/api/v1/me%00",
                "/api\\v1\\me",
                "/css/..;/api/v1/me",
                "/%61pi/v1/me",
                "/admin/people;a=b",
                "/admin%2fpeople",
                "//admin/people",
                "/ADMIN/people",
                "/admin/people.",
                "/admin/people/",
                "/actuator",
                "/v3/api-docs/../me",
                "/oauth2/authorize"
            })
    void case_15_no_spelling_of_a_path_opens_it_to_a_stranger(String path) throws IOException {
        assertThat(status(path)).as(path).isIn(302, 400, 401, 404);
    }

    private boolean declared(RequestMappingInfo info, PathPattern pattern) {
        var sample = PathContainer.parsePath(
                pattern.getPatternString().replaceAll("\\{[^}]*}", "1").replace("**", "1"));
        return info.getMethodsCondition().getMethods().stream()
                .map(method -> HttpMethod.valueOf(method.name()))
                .allMatch(method -> routes.routes().stream()
                        .anyMatch(route -> route.method().equals(method)
                                && PathPatternParser.defaultInstance
                                        .parse(route.pattern())
                                        .matches(sample)));
    }

    /// By a bare socket: a client library would tidy the path first.
    private int status(String path) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            var reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return Integer.parseInt(reader.readLine().split(" ")[1]);
        }
    }
}
