package dev.conduct.ledger;

import dev.conduct.kernel.Right;
import dev.conduct.kernel.Routes;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/// Checkpoints and the key are for everybody: they say how much happened, not what. Entries name actors and objects of
/// every product, so they are for those who look after the whole company's record.
@Component
class LedgerRoutes implements Routes {

    @Override
    public List<Route> routes() {
        return List.of(
                Route.open(HttpMethod.GET, "/api/v1/ledger/checkpoint"),
                Route.open(HttpMethod.GET, "/api/v1/ledger/key"),
                Route.signedIn(HttpMethod.GET, "/api/v1/ledger/proof"),
                Route.signedIn(HttpMethod.GET, "/api/v1/ledger/consistency"),
                Route.may(HttpMethod.GET, "/api/v1/ledger/entries", Right.AUDIT).recorded("log.entries"),
                Route.may(HttpMethod.GET, "/api/v1/ledger/bundle", Right.AUDIT).recorded("log.export"));
    }
}
