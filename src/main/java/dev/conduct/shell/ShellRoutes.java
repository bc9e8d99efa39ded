package dev.conduct.shell;

import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Static files and the choice of theme are open to anybody: the sign-in page needs them too. How times are written
/// is everybody's own.
@Component
class ShellRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.GET, "/css/*"),
                Route.open(HttpMethod.GET, "/js/*"),
                Route.open(HttpMethod.GET, "/fonts/*"),
                Route.open(HttpMethod.GET, "/icons/*"),
                Route.open(HttpMethod.POST, "/theme"),
                Route.signedIn(HttpMethod.POST, "/session").andOutside(),
                Route.signedIn(HttpMethod.GET, "/account/keyboard").andOutside(),
                Route.signedIn(HttpMethod.POST, "/account/keyboard").andOutside(),
                Route.signedIn(HttpMethod.GET, "/account/times").andOutside(),
                Route.signedIn(HttpMethod.POST, "/account/times").andOutside());
    }
}
