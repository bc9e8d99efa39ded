package dev.conduct.admin;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

@Component
class AdminRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.may(HttpMethod.GET, "/admin/people", Right.ADMINISTER).recorded("people.read"),
                Route.may(HttpMethod.POST, "/admin/people", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/people/{id}/invitation", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/people/{id}/roles", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/people/{id}/product-roles", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.GET, "/admin/teams", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/teams", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/teams/{id}/members", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/teams/{id}/roles", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/organisations", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/organisations/people", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/people/{id}/deactivation", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/people/{id}/activation", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/people/{id}/second-factor-reset", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.GET, "/admin/sign-on", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/sign-on", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/sign-on/{id}/removal", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/sign-on/groups", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/sign-on/groups/removal", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.GET, "/admin/clients", Right.ADMINISTER).recorded("secret.list"),
                Route.may(HttpMethod.GET, "/admin/keys", Right.ADMINISTER).recorded("keys.read"),
                Route.may(HttpMethod.POST, "/admin/keys/{purpose}/rotation", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.GET, "/admin/erasures", Right.ADMINISTER).recorded("erasures.read"),
                Route.may(HttpMethod.POST, "/admin/erasures", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/erasures/{id}/approval", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/erasures/{id}/withdrawal", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/clients", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/clients/{id}/secrets", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(HttpMethod.POST, "/admin/clients/{id}/secrets/{secret}/revocation", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/clients/{id}/deactivation", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/apps", Right.ADMINISTER).withStepUp(),
                Route.may(HttpMethod.POST, "/admin/apps/{id}/shut-out", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/tokens/{id}/revocation", Right.ADMINISTER),
                Route.may(HttpMethod.GET, "/admin/mail", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/mail/tests", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/mail/{id}/attempts", Right.ADMINISTER),
                Route.may(HttpMethod.GET, "/admin/system", Right.ADMINISTER),
                Route.may(HttpMethod.POST, "/admin/system/jobs/{id}", Right.ADMINISTER)
                        .withStepUp());
    }
}
