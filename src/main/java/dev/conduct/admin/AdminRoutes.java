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
                Route.roles(HttpMethod.POST, "/admin/people", ADMINISTRATOR).withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/invitation", ADMINISTRATOR)
                        .withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/roles", ADMINISTRATOR)
                        .withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/deactivation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/activation", ADMINISTRATOR)
                        .withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/people/{id}/second-factor-reset", ADMINISTRATOR)
                        .withStepUp(),
                Route.roles(HttpMethod.GET, "/admin/clients", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/clients", ADMINISTRATOR).withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/clients/{id}/secrets", ADMINISTRATOR)
                        .withStepUp(),
                Route.roles(HttpMethod.POST, "/admin/clients/{id}/secrets/{secret}/revocation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/clients/{id}/deactivation", ADMINISTRATOR),
                Route.roles(HttpMethod.POST, "/admin/tokens/{id}/revocation", ADMINISTRATOR));
    }
}
