package dev.conduct.source;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Repositories are connected by administrators. Webhooks come from outside and are believed by their signature alone.
@Component
class SourceRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.POST, "/hooks/{id}"),
                Route.may(HttpMethod.GET, "/code/unkeyed", Right.READ_REPORTS),
                Route.may(HttpMethod.GET, "/admin/repositories", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/repositories", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/repositories/accounts", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/repositories/accounts/removal", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.GET, "/admin/repositories/{id}", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/repositories/{id}/secret", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/repositories/{id}/token", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/repositories/{id}/connection", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(
                        HttpMethod.POST, "/admin/repositories/{id}/deliveries/{delivery}/attempts", Right.ADMINISTER));
    }
}
