package dev.conduct.scim;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class ScimRoutes implements Routes {

    static final String BASE = "/scim/v2";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.provisioning(GET, BASE + "/ServiceProviderConfig"),
                Route.provisioning(GET, BASE + "/ResourceTypes"),
                Route.provisioning(GET, BASE + "/ResourceTypes/{id}"),
                Route.provisioning(GET, BASE + "/Schemas"),
                Route.provisioning(GET, BASE + "/Schemas/{id}"),
                Route.provisioning(GET, BASE + "/Users"),
                Route.provisioning(POST, BASE + "/Users"),
                Route.provisioning(GET, BASE + "/Users/{id}"),
                Route.provisioning(PUT, BASE + "/Users/{id}"),
                Route.provisioning(PATCH, BASE + "/Users/{id}"),
                Route.provisioning(DELETE, BASE + "/Users/{id}"),
                Route.provisioning(GET, BASE + "/Groups"),
                Route.provisioning(POST, BASE + "/Groups"),
                Route.provisioning(GET, BASE + "/Groups/{id}"),
                Route.provisioning(PUT, BASE + "/Groups/{id}"),
                Route.provisioning(PATCH, BASE + "/Groups/{id}"),
                Route.provisioning(DELETE, BASE + "/Groups/{id}"));
    }
}
