package dev.conduct.importer;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class ImportRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                may(HttpMethod.POST, "/api/v1/imports"),
                may(HttpMethod.GET, "/admin/import"),
                may(HttpMethod.POST, "/admin/import"),
                may(HttpMethod.GET, "/admin/import/*"),
                may(HttpMethod.GET, "/admin/import/*/columns"),
                may(HttpMethod.POST, "/admin/import/*/columns"),
                may(HttpMethod.POST, "/admin/import/*/answers"),
                may(HttpMethod.POST, "/admin/import/*/run"),
                may(HttpMethod.POST, "/admin/import/*/undo"));
    }

    private static Route may(HttpMethod method, String pattern) {
        return Route.may(method, pattern, Right.IMPORT);
    }
}
