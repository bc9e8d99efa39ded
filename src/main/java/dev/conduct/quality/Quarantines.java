package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Tests whose failures do not count for a while, because they come out both ways and somebody mends them. Each says
/// who put it aside, why and until when, and ends by itself.
@Component
class Quarantines {

    /// The parameter that says how long at most, and what it is where the procedure does not say.
    static final String LONGEST = "quarantine_longest";

    private static final Duration USUAL = Duration.ofDays(14);
    private static final int REASON = 1_000;

    private final JdbcClient database;
    private final FlakyRows flaky;
    private final SeenProducts seen;
    private final Procedures procedures;
    private final Recording recording;

    Quarantines(JdbcClient database, FlakyRows flaky, SeenProducts seen, Procedures procedures, Recording recording) {
        this.database = database;
        this.flaky = flaky;
        this.seen = seen;
        this.procedures = procedures;
        this.recording = recording;
    }

    record Quarantine(
            UUID id, UUID test, String suite, String name, String reason, String by, Instant beganAt, Instant endsAt) {}

    /// Those in force, the one that ends first at the top.
    List<Quarantine> inForce(String product) {
        return database.sql("""
                        select id, test, suite, name, reason, begun_by, begins_at, ends_at
                          from quality.quarantine
                         where product = :product and ends_at > :now and begins_at <= :now and lifted_at is null
                         order by ends_at, id limit 500
                        """)
                .param("product", product)
                .param("now", OffsetDateTime.ofInstant(recording.now(), ZoneOffset.UTC))
                .query(Quarantines::quarantine)
                .list();
    }

    /// In whole days.
    long longest() {
        var parameter = procedures.at(recording.now()).parameters().get(LONGEST);
        var longest = parameter != null && parameter.value() instanceof Duration said ? said : USUAL;
        return Math.max(1, longest.toDays());
    }

    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the test, 409 when it is put aside
    ///     or is not flaky
    @Transactional
    public Quarantine begin(String product, UUID test, String reason, long days, Actor actor) {
        seen.judge(product, actor);
        if (reason.isBlank()) {
            throw Problem.badInput("reason", "missing", "is empty. Write why the test does not count.");
        }
        PlainText.checked("reason", reason, REASON);
        if (days < 1 || days > longest()) {
            throw Problem.badInput("days", "not_allowed", "must be 1 to " + longest() + ", as the procedure says.");
        }
        var named = named(product, test);
        if (!flaky.wavered(product, test, recording.now().minus(QualityPages.LATELY))) {
            throw Problem.conflict(
                    "not_flaky",
                    "This test did not come out both ways on one commit in the last " + QualityPages.LATELY.toDays()
                            + " days, so its failures count. Mend it, or what it shows.");
        }
        database.sql("select pg_advisory_xact_lock(hashtext(:key))")
                .param("key", "quarantine " + product + test)
                .query(row -> {});
        if (inForce(product).stream().anyMatch(one -> one.test().equals(test))) {
            throw Problem.conflict("quarantined", "This test is put aside already. Lift that first.");
        }
        var now = recording.now();
        var begun = new Quarantine(
                Ids.next(now),
                test,
                named.suite(),
                named.name(),
                reason.strip(),
                actor.id(),
                now,
                now.plus(Duration.ofDays(days)));
        database.sql("""
                        insert into quality.quarantine (id, product, test, suite, name, reason, begun_by, begins_at, ends_at)
                        values (:id, :product, :test, :suite, :name, :reason, :by, :at, :ends)
                        """)
                .param("id", begun.id())
                .param("product", product)
                .param("test", test)
                .param("suite", begun.suite())
                .param("name", begun.name())
                .param("reason", begun.reason())
                .param("by", actor.id())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("ends", OffsetDateTime.ofInstant(begun.endsAt(), ZoneOffset.UTC))
                .update();
        recording.tell(
                "test.quarantine",
                "test:" + test,
                now,
                Map.of(
                        "product",
                        product,
                        "suite",
                        begun.suite(),
                        "name",
                        begun.name(),
                        "until",
                        begun.endsAt().toString()),
                Map.of("reason", begun.reason()),
                actor);
        return begun;
    }

    /// @throws Problem 403 for who may not, 404 when the test is not put aside
    @Transactional
    public void lift(String product, UUID test, Actor actor) {
        seen.judge(product, actor);
        var now = recording.now();
        var lifted = database.sql("""
                        update quality.quarantine set lifted_by = :by, lifted_at = :at
                         where product = :product and test = :test and ends_at > :at and lifted_at is null
                        """)
                .param("by", actor.id())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("product", product)
                .param("test", test)
                .update();
        if (lifted == 0) {
            throw Problem.notFound("A quarantine of this test");
        }
        recording.tell("test.release", "test:" + test, now, Map.of("product", product), Map.of(), actor);
    }

    record Named(String suite, String name) {}

    /// @throws Problem 404 when no report of the product tells of it
    Named named(String product, UUID test) {
        return database.sql("""
                        select t.suite, t.name
                          from quality.test_case t join quality.report r on r.id = t.report
                         where t.test = :test and r.product = :product
                         order by t.report desc limit 1
                        """)
                .param("test", test)
                .param("product", product)
                .query((row, number) -> new Named(row.getString("suite"), row.getString("name")))
                .optional()
                .orElseThrow(() -> Problem.notFound("This test"));
    }

    private static Quarantine quarantine(ResultSet row, int number) throws SQLException {
        return new Quarantine(
                row.getObject("id", UUID.class),
                row.getObject("test", UUID.class),
                row.getString("suite"),
                row.getString("name"),
                row.getString("reason"),
                row.getString("begun_by"),
                row.getObject("begins_at", OffsetDateTime.class).toInstant(),
                row.getObject("ends_at", OffsetDateTime.class).toInstant());
    }
}
