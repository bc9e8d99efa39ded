package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Secrets;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The providers that administrators have connected.
@Component
public class Providers {

    private static final String TABLE = "identity.provider";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final String SELECT = """
            select id, name, issuer, client_id, client_secret is not null as secret, groups_claim, asserts, creates,
                   directory, gives_roles, active
              from identity.provider
            """;

    private final JdbcClient db;
    private final InstantSource time;
    private final Secrets secrets;
    private final ProviderDocuments documents;
    private final Ledger ledger;

    Providers(JdbcClient db, InstantSource time, Secrets secrets, ProviderDocuments documents, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.secrets = secrets;
        this.documents = documents;
        this.ledger = ledger;
    }

    /// Those people may use first.
    public List<Provider> all() {
        return db.sql(SELECT + " order by not active, name, id")
                .query(Providers::provider)
                .list();
    }

    List<Provider> active() {
        return db.sql(SELECT + " where active order by name, id")
                .query(Providers::provider)
                .list();
    }

    Optional<Provider> active(String id) {
        return db.sql(SELECT + " where active and id = :id")
                .param("id", id)
                .query(Providers::provider)
                .optional();
    }

    Optional<String> secret(Provider provider) {
        return db.sql("select client_secret from identity.provider where id = :id and client_secret is not null")
                .param("id", provider.id())
                .query((row, number) ->
                        secrets.open(row.getBytes("client_secret"), TABLE, "client_secret", provider.id()))
                .optional();
    }

    /// Asks the provider for its own description, so that a mistyped issuer is found now and not by the first person.
    ///
    /// @throws Problem 400 saying what is wrong with the address or the answer
    public void check(String issuer) {
        try {
            documents.fetch(issuer.strip());
        } catch (ProviderFailure failure) {
            throw Problem.badInput("issuer", "not_a_provider", failure.says());
        }
    }

    /// Adds a provider, or changes the one of that id.
    ///
    /// @param clientSecret empty to keep the present one
    /// @throws Problem 400 naming each field that is not as it must be
    @Transactional
    public void save(Provider wanted, String clientSecret, Actor by) {
        var faults = new ArrayList<FieldProblem>();
        if (!ID.matcher(wanted.id()).matches()) {
            faults.add(new FieldProblem("id", "not_an_id", "Use up to 40 small letters, digits and hyphens."));
        }
        var name = Words.name(faults, "name", wanted.name());
        var clientId = Words.name(faults, "client_id", wanted.clientId());
        var claim = Words.name(faults, "groups_claim", wanted.groupsClaim());
        wanted.asserts().forEach(value -> Words.name(faults, "asserts", value));
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var taken = db.sql("select exists (select 1 from identity.provider where issuer = :issuer and id <> :id)")
                .param("issuer", wanted.issuer())
                .param("id", wanted.id())
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Problem.badInput("issuer", "taken", "Another provider has this issuer.");
        }
        db.sql("""
                insert into identity.provider
                       (id, name, issuer, client_id, client_secret, groups_claim, asserts, creates, directory,
                        gives_roles, active)
                values (:id, :name, :issuer, :client, :secret, :claim, :asserts, :creates, :directory,
                        :gives_roles, :active)
                on conflict (id) do update
                   set name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id,
                       client_secret = coalesce(excluded.client_secret, provider.client_secret),
                       groups_claim = excluded.groups_claim, asserts = excluded.asserts, creates = excluded.creates,
                       directory = excluded.directory, gives_roles = excluded.gives_roles, active = excluded.active
                """)
                .param("id", wanted.id())
                .param("name", name)
                .param("issuer", PlainText.checked("issuer", wanted.issuer(), 500))
                .param("client", clientId)
                .param(
                        "secret",
                        clientSecret.isEmpty() ? null : secrets.seal(clientSecret, TABLE, "client_secret", wanted.id()),
                        java.sql.Types.BINARY)
                .param("claim", claim)
                .param("asserts", wanted.asserts().toArray(String[]::new))
                .param("creates", wanted.creates())
                .param("directory", wanted.directory())
                .param("gives_roles", wanted.givesRoles())
                .param("active", wanted.active())
                .update();
        record(by, "provider.save", wanted.id(), Map.of("issuer", wanted.issuer(), "name", name));
    }

    /// Takes a provider away. Whom its subjects mean is remembered, in case it comes back.
    @Transactional
    public void remove(String id, Actor by) {
        if (db.sql("delete from identity.provider where id = :id")
                        .param("id", id)
                        .update()
                == 0) {
            throw Problem.notFound("This provider");
        }
        record(by, "provider.remove", id, Map.of());
    }

    private void record(Actor by, String action, String id, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "provider:" + id,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("provider", id),
                content));
    }

    private static Provider provider(ResultSet row, int number) throws SQLException {
        return new Provider(
                row.getString("id"),
                row.getString("name"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getBoolean("secret"),
                row.getString("groups_claim"),
                List.of((String[]) row.getArray("asserts").getArray()),
                row.getBoolean("creates"),
                row.getBoolean("directory"),
                row.getBoolean("gives_roles"),
                row.getBoolean("active"));
    }
}
