package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The first run: names the company and makes its first administrator. Afterwards it is closed for ever.
@Component
public class SetUp {

    private static final String PURPOSE = "set_up";

    private final JdbcClient db;
    private final Names names;
    private final Addresses addresses;
    private final InstantSource time;
    private final Links links;
    private final Roles roles;
    private final Passwords passwords;
    private final Ledger ledger;

    SetUp(
            JdbcClient db,
            Names names,
            Addresses addresses,
            InstantSource time,
            Links links,
            Roles roles,
            Passwords passwords,
            Ledger ledger) {
        this.db = db;
        this.names = names;
        this.addresses = addresses;
        this.time = time;
        this.links = links;
        this.roles = roles;
        this.passwords = passwords;
        this.ledger = ledger;
    }

    /// A new one-time link, when nobody has set this installation up yet. Earlier ones end with it.
    ///
    /// @param base where people reach this server, for example `http://localhost:8080`
    @Transactional
    public Optional<String> link(String base) {
        return done() ? Optional.empty() : Optional.of(base + "/setup?token=" + links.issue(PURPOSE, null));
    }

    public boolean done() {
        return db.sql("select set_up_at is not null from identity.installation")
                .query(Boolean.class)
                .single();
    }

    /// What the company is called, empty before set-up.
    public String company() {
        return db.sql("select coalesce(company, '') from identity.installation")
                .query(String.class)
                .single();
    }

    void requireOpen(String token) {
        if (done() || !links.open(PURPOSE, token)) {
            throw Problem.notFound("This page");
        }
    }

    record Administrator(String company, String name, String email, String hash) {}

    /// The id of the new administrator.
    @Transactional
    public String finish(String token, Administrator first) {
        db.sql("select id from identity.installation for update").query().singleRow();
        if (done() || !links.use(PURPOSE, token)) {
            throw Problem.notFound("This page");
        }
        var now = time.instant();
        var id = Ids.next(now);
        db.sql("update identity.installation set company = :company, set_up_at = :now")
                .param("company", first.company())
                .param("now", Sql.time(now))
                .update();
        db.sql("""
                insert into identity.actor (id, kind, active, created_at, preferences)
                values (:id, 'person', true, :now, jsonb_build_object('first_steps', 'open'))
                """).param("id", id).param("now", Sql.time(now)).update();
        names.keep(id, first.name());
        addresses.keep(id, first.email());
        var running = roles.administering();
        roles.grant(id, running);
        passwords.set(id, first.hash());
        var person = "person:" + id;
        ledger.append(new NewEvent(
                now,
                person,
                "page",
                "installation.set_up",
                person,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("roles", List.copyOf(running)),
                Map.of("company", first.company(), "name", first.name(), "email", first.email())));
        return person;
    }
}
