package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Programs that call the API, each an actor of its own with roles of its own.
@Component
public class Clients {

    private final JdbcClient db;
    private final InstantSource time;
    private final Roles roles;
    private final Ledger ledger;

    Clients(JdbcClient db, InstantSource time, Roles roles, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.roles = roles;
        this.ledger = ledger;
    }

    /// What a client signs in with. The secret is shown this once; only its hash is kept.
    public record Key(String clientId, String clientSecret) {}

    /// @param by the actor who makes it, `system:cli` for the command line
    /// @throws Problem 400 naming a role that the procedure does not know
    @Transactional
    public Key create(String name, Set<String> wanted, String by, String via) {
        if (name.isBlank()) {
            throw Problem.badInput("name", "missing", "is empty. Give the client a name, for example build-server.");
        }
        PlainText.checked("name", name, 200);
        var granted = roles.checked(wanted);
        var id = Ids.next(time.instant());
        db.sql("""
                insert into identity.actor (id, kind, name, active, created_at)
                values (:id, 'client', :name, true, :now)
                """)
                .param("id", id)
                .param("name", name.strip())
                .param("now", Sql.time(time.instant()))
                .update();
        roles.grant(id, granted);
        var secret = addKey(id);
        ledger.append(new NewEvent(
                time.instant(),
                by,
                via,
                "client.create",
                "client:" + id,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("roles", List.copyOf(granted)),
                Map.of("name", name.strip())));
        return new Key(id.toString(), secret);
    }

    private String addKey(UUID client) {
        var secret = Tokens.next("cs_");
        db.sql("""
                insert into identity.client_key (id, client, hash, created_at) values (:id, :client, :hash, :now)
                """)
                .param("id", Ids.next(time.instant()))
                .param("client", client)
                .param("hash", Tokens.hash(secret))
                .param("now", Sql.time(time.instant()))
                .update();
        return secret;
    }
}
