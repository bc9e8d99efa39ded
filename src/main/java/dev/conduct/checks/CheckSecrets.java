package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Secrets;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.quality.SeenProducts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Passwords and tokens that checks send: encrypted, never shown again, each for the hosts it was kept for, so that
/// nobody who writes a check can have it sent to another.
@Component
class CheckSecrets {

    private static final String TABLE = "checks.secret";
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]{1,253}|\\[[0-9a-f:]+]");
    private static final int MOST = 200;
    private static final int MOST_HOSTS = 5;

    private final JdbcClient database;
    private final Secrets secrets;
    private final SeenProducts seen;
    private final Ledger ledger;
    private final InstantSource time;

    CheckSecrets(JdbcClient database, Secrets secrets, SeenProducts seen, Ledger ledger, InstantSource time) {
        this.database = database;
        this.secrets = secrets;
        this.seen = seen;
        this.ledger = ledger;
        this.time = time;
    }

    /// So that the column is brought under new keys.
    @Configuration
    static class Stores {

        @Bean
        SealedStore secretsOfChecks(SealedColumns columns) {
            return columns.of("Secrets of checks", TABLE, "value", "id");
        }
    }

    /// @param by an actor's id
    record Named(String name, String host, Instant at, String by) {}

    /// Their names; never what they hold.
    List<Named> of(String product) {
        return database.sql(
                        "select name, host, written_at, written_by from checks.secret where product = :product order by name")
                .param("product", product)
                .query((row, number) -> new Named(
                        row.getString("name"),
                        row.getString("host"),
                        CheckRows.moment(row, "written_at"),
                        row.getString("written_by")))
                .list();
    }

    /// For a run.
    Map<String, Values.Secret> open(String product, Collection<String> names) {
        var open = new HashMap<String, Values.Secret>();
        database.sql("select id, name, host, value from checks.secret where product = :product and name = any(:names)")
                .param("product", product)
                .param("names", names.toArray(String[]::new))
                .query(row -> {
                    var value = secrets.open(row.getBytes("value"), TABLE, "value", row.getObject("id", UUID.class));
                    open.put(row.getString("name"), new Values.Secret(row.getString("host"), value));
                });
        return open;
    }

    /// New, or in place of the one of that name.
    ///
    /// @throws Problem 400 naming each field that is wrong, 403 for who may not, 404 without the product
    @Transactional
    public void write(String product, String name, String host, String value, Actor actor) {
        seen.judge(product, actor);
        var hosts = Arrays.stream(host.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .distinct()
                .toList();
        var at = String.join(", ", hosts);
        var faults = new ArrayList<FieldProblem>();
        if (!NAME.matcher(name).matches()) {
            faults.add(new FieldProblem(
                    "secret_name", "not_a_name", "Write capital letters, digits and _, such as PROBE_TOKEN."));
        }
        if (hosts.size() > MOST_HOSTS
                || !hosts.stream().allMatch(one -> HOST.matcher(one).matches())) {
            faults.add(new FieldProblem(
                    "host",
                    "not_a_host",
                    "Write the host it is sent to, such as shop.example.com; up to five with commas."));
        }
        if (value.length() < 4 || value.length() > 4_000) {
            faults.add(new FieldProblem("value", "length", "Write 4 to 4,000 characters."));
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        PlainText.checked("value", value, 4_000);
        if (of(product).stream().filter(kept -> !kept.name().equals(name)).count() >= MOST) {
            throw Problem.conflict("too_many", "The product has " + MOST + " secrets. Take away those not used.");
        }
        forget(product, name);
        var id = Ids.next(time.instant());
        database.sql("""
                        insert into checks.secret (id, product, name, host, value, written_at, written_by)
                        values (:id, :product, :name, :host, :value, :now, :by)
                        """)
                .param("id", id)
                .param("product", product)
                .param("name", name)
                .param("host", at)
                .param("value", secrets.seal(value, TABLE, "value", id))
                .param("now", CheckRows.at(time.instant()))
                .param("by", actor.id())
                .update();
        tell("check_secret.write", product, Map.of("name", name, "host", at), actor);
    }

    /// @throws Problem 403 for who may not, 404 without it
    @Transactional
    public void remove(String product, String name, Actor actor) {
        seen.judge(product, actor);
        if (forget(product, name) == 0) {
            throw Problem.notFound("The secret " + name);
        }
        tell("check_secret.remove", product, Map.of("name", name), actor);
    }

    private int forget(String product, String name) {
        return database.sql("delete from checks.secret where product = :product and name = :name")
                .param("product", product)
                .param("name", name)
                .update();
    }

    private void tell(String action, String product, Map<String, Object> data, Actor by) {
        ledger.append(new NewEvent(
                time.instant().truncatedTo(ChronoUnit.MILLIS),
                by.id(),
                by.via(),
                action,
                "product:" + product,
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                Map.of()));
    }
}
