package dev.conduct.identity;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class IdentityRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(GET, "/setup"),
                Route.open(POST, "/setup"),
                Route.open(GET, "/invitation"),
                Route.open(POST, "/invitation"),
                Route.open(GET, "/sign-in"),
                Route.open(POST, "/sign-in"),
                Route.open(GET, "/address"),
                Route.open(POST, "/address"),
                Route.signedIn(GET, "/oauth2/authorize"),
                Route.signedIn(POST, "/oauth2/authorize").withStepUp(),
                Route.open(GET, "/sign-in/sso/{id}"),
                Route.open(GET, "/sign-in/sso/{id}/callback"),
                Route.open(POST, "/sign-in/sso/{id}/logout"),
                Route.open(GET, "/signed-out"),
                Route.signedIn(GET, "/sign-in/again/{id}").andOutside(),
                Route.signedIn(GET, "/sign-in/connection").andOutside(),
                Route.signedIn(POST, "/sign-in/connection").andOutside().withStepUp(),
                Route.open(POST, "/sign-in/passkey"),
                Route.open(POST, "/sign-in/passkey/challenge"),
                Route.firstFactor(POST, "/sign-in/enrolment/passkey"),
                Route.firstFactor(POST, "/sign-in/enrolment/passkey/challenge"),
                Route.firstFactor(GET, "/sign-in/code"),
                Route.firstFactor(POST, "/sign-in/code"),
                Route.firstFactor(GET, "/sign-in/enrolment"),
                Route.firstFactor(POST, "/sign-in/enrolment"),
                Route.open(POST, "/sign-out"),
                Route.signedIn(GET, "/api/v1/me").andOutside(),
                Route.may(GET, "/api/v1/people", Right.ADMINISTER).recorded("people.read"),
                Route.may(GET, "/api/v1/erasures", Right.ADMINISTER).recorded("erasures.read"),
                Route.may(POST, "/api/v1/people/{id}/erasure", Right.ADMINISTER).withStepUp(),
                Route.may(DELETE, "/api/v1/people/{id}/erasure", Right.ADMINISTER),
                Route.may(POST, "/api/v1/people/{id}/erasure/approval", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(POST, "/api/v1/people", Right.ADMINISTER).withStepUp(),
                Route.may(GET, "/api/v1/people/*/roles", Right.ADMINISTER),
                Route.may(POST, "/api/v1/people/*/roles", Right.ADMINISTER).withStepUp(),
                Route.may(DELETE, "/api/v1/people/*/roles", Right.ADMINISTER).withStepUp(),
                Route.may(PUT, "/api/v1/people/*/organisation", Right.ADMINISTER)
                        .withStepUp(),
                Route.may(GET, "/api/v1/organisations", Right.ADMINISTER),
                Route.may(POST, "/api/v1/organisations", Right.ADMINISTER).withStepUp(),
                Route.signedIn(GET, "/api/v1/teams"),
                Route.may(POST, "/api/v1/teams", Right.ADMINISTER).withStepUp(),
                Route.may(POST, "/api/v1/teams/*/members", Right.ADMINISTER).withStepUp(),
                Route.may(DELETE, "/api/v1/teams/*/members/*", Right.ADMINISTER).withStepUp(),
                Route.may(POST, "/api/v1/teams/*/roles", Right.ADMINISTER).withStepUp(),
                Route.may(DELETE, "/api/v1/teams/*/roles", Right.ADMINISTER).withStepUp(),
                Route.signedIn(GET, StepUp.PAGE).andOutside(),
                Route.signedIn(POST, StepUp.PAGE).andOutside());
    }
}
