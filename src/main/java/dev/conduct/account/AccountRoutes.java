package dev.conduct.account;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.stereotype.Component;

/// What adds a way in asks for the second factor again; what takes one away does not.
@Component
class AccountRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.signedIn(GET, "/account"),
                Route.signedIn(POST, "/account/name"),
                Route.signedIn(POST, "/account/sessions/end"),
                Route.signedIn(POST, "/account/sessions/{id}/end"),
                Route.signedIn(GET, "/account/authenticator").withStepUp(),
                Route.signedIn(POST, "/account/authenticator").withStepUp(),
                Route.signedIn(POST, "/account/apps/{id}/revocation"),
                Route.signedIn(POST, "/account/password").withStepUp(),
                Route.signedIn(POST, "/account/address").withStepUp(),
                Route.signedIn(GET, "/account/sign-ins/{id}").withStepUp(),
                Route.signedIn(POST, "/account/sign-ins/removal").withStepUp(),
                Route.signedIn(GET, "/account/passkeys/new").withStepUp(),
                Route.signedIn(POST, "/account/passkeys/challenge").withStepUp(),
                Route.signedIn(POST, "/account/passkeys").withStepUp(),
                Route.signedIn(POST, "/account/passkeys/{id}/removal").withStepUp(),
                Route.signedIn(POST, "/account/recovery-codes").withStepUp(),
                Route.signedIn(POST, "/account/tokens").withStepUp(),
                Route.signedIn(POST, "/account/tokens/{id}/revocation"));
    }
}
