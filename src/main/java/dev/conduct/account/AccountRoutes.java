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
                Route.signedIn(GET, "/account").andOutside(),
                Route.signedIn(POST, "/account/name").andOutside(),
                Route.signedIn(POST, "/account/sessions/end").andOutside(),
                Route.signedIn(POST, "/account/sessions/{id}/end").andOutside(),
                Route.signedIn(GET, "/account/authenticator").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/authenticator").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/apps/{id}/revocation").andOutside(),
                Route.signedIn(POST, "/account/password").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/address").andOutside().withStepUp(),
                Route.signedIn(GET, "/account/sign-ins/{id}").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/sign-ins/removal").andOutside().withStepUp(),
                Route.signedIn(GET, "/account/passkeys/new").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/passkeys/challenge").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/passkeys").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/passkeys/{id}/removal")
                        .andOutside()
                        .withStepUp(),
                Route.signedIn(POST, "/account/recovery-codes").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/tokens").andOutside().withStepUp(),
                Route.signedIn(POST, "/account/tokens/{id}/revocation").andOutside());
    }
}
