package dev.conduct.admin;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class AdminRoutes implements Routes {

    static final String ADMINISTRATOR = "administrator";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.roles(HttpMethod.GET, "/admin/people", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/invitation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/roles", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/deactivation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/activation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/second-factor-reset", ADMINISTRATOR));
    }
}
