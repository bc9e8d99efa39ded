package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.mocks.StandIns;
import dev.conduct.quality.SeenProducts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The runs of checks: asked for by people and programs, and read by those who read reports.
@Component
class CheckRuns {

    private static final int MOST_WAITING = 20;
    private static final String SELECT = """
            select id, definition, product, version, environment, mocked, state, asked_by, asked_at, ended_at, commit,
                   build, micros
              from checks.run
            """;

    private final JdbcClient database;
    private final CheckRows rows;
    private final Checks checks;
    private final SeenProducts seen;
    private final CheckEvents events;
    private final StandIns standIns;
    private final InstantSource time;

    CheckRuns(
            JdbcClient database,
            CheckRows rows,
            Checks checks,
            SeenProducts seen,
            CheckEvents events,
            StandIns standIns,
            InstantSource time) {
        this.database = database;
        this.rows = rows;
        this.checks = checks;
        this.seen = seen;
        this.events = events;
        this.standIns = standIns;
        this.time = time;
    }

    /// To be done at once. One that waits already is not asked for twice.
    ///
    /// @throws Problem 403 for who may not, 404 without the check, 409 when it is retired, 429 when too many wait
    @Transactional
    public CheckRun ask(String product, String name, Actor actor) {
        seen.judge(product, actor);
        var check = checks.find(product, name, actor);
        if (check.retired()) {
            throw Problem.conflict("retired", "This check is retired. Write it again to have it done.");
        }
        database.sql("select pg_advisory_xact_lock(hashtext(:key))")
                .param("key", "checks " + product)
                .query(row -> {});
        var open = database.sql(
                        SELECT + " where state in ('waiting', 'running') and product = :product order by asked_at")
                .param("product", product)
                .query(CheckRuns::run)
                .list();
        var same =
                open.stream().filter(run -> run.definition().equals(check.id())).findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        if (open.size() >= MOST_WAITING) {
            throw Problem.tooMany("There are " + MOST_WAITING + " checks waiting. Ask again when some are done.");
        }
        var id = begin(check, actor.id());
        if (find(id).isEmpty()) {
            throw Problem.conflict("running", "Its schedule has just begun a run. Look at that one.");
        }
        events.tell(
                check.id(),
                "check.ask",
                actor,
                dev.conduct.ledger.Outcome.SUCCESS,
                Map.of("product", product, "run", id.toString(), "version", check.version()),
                Map.of());
        return find(id).orElseThrow();
    }

    /// A run that waits, with the version and the stand-ins of now.
    /// One that is open already is not begun beside itself: two drills would mend what the other has just broken.
    UUID begin(CheckNote check, @Nullable String by) {
        var now = time.instant();
        var id = Ids.next(now);
        var said = DefinitionReader.read(rows.text(check.id(), check.version()).orElseThrow())
                .mocked();
        var mocked = standIns.named(check.product(), said);
        database.sql("""
                        insert into checks.run (id, definition, product, version, environment, mocked, state, asked_by, asked_at)
                        values (:id, :definition, :product, :version, :environment, :mocked, 'waiting', :by, :now)
                        on conflict (definition) where state in ('waiting', 'running') do nothing
                        """)
                .param("id", id)
                .param("definition", check.id())
                .param("product", check.product())
                .param("version", check.version())
                .param("environment", check.environment())
                .param("mocked", mocked.toArray(String[]::new))
                .param("by", by)
                .param("now", CheckRows.at(now))
                .update();
        return id;
    }

    Optional<CheckRun> find(UUID id) {
        return database.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(CheckRuns::run)
                .optional();
    }

    /// With its steps.
    ///
    /// @throws Problem 404 when it is not there, or not of this check
    CheckRun whole(CheckNote check, UUID id) {
        var run = find(id).filter(one -> one.definition().equals(check.id()))
                .orElseThrow(() -> Problem.notFound("This run"));
        var steps = database.sql(
                        "select name, part, how, micros, says from checks.step where run = :run order by place")
                .param("run", id)
                .query((row, number) -> new Outcome(
                        row.getString("name"),
                        row.getString("part"),
                        Outcome.How.of(row.getString("how")),
                        row.getLong("micros"),
                        row.getString("says")))
                .list();
        return new CheckRun(
                run.id(),
                run.definition(),
                run.product(),
                run.version(),
                run.environment(),
                run.mocked(),
                run.state(),
                run.askedBy(),
                run.askedAt(),
                run.endedAt(),
                run.commit(),
                run.build(),
                run.micros(),
                steps);
    }

    /// The newest first.
    ///
    /// @throws Problem 400 for a cursor that this list did not give
    Page<CheckRun> page(CheckNote check, String cursor, int limit) {
        var found = database.sql(SELECT + """
                         where definition = :definition and (:before::uuid is null or id < :before::uuid)
                         order by id desc limit :limit
                        """)
                .param("definition", check.id())
                .param("before", before(cursor))
                .param("limit", limit + 1)
                .query(CheckRuns::run)
                .list();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id().toString());
    }

    private static @Nullable UUID before(String cursor) {
        try {
            return cursor.isBlank() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException notOne) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }

    static CheckRun run(ResultSet row, int number) throws SQLException {
        return new CheckRun(
                row.getObject("id", UUID.class),
                row.getObject("definition", UUID.class),
                row.getString("product"),
                row.getInt("version"),
                row.getString("environment"),
                List.of((String[]) row.getArray("mocked").getArray()),
                row.getString("state"),
                row.getString("asked_by"),
                CheckRows.moment(row, "asked_at"),
                CheckRows.momentOrNull(row, "ended_at"),
                row.getString("commit"),
                row.getString("build"),
                row.getLong("micros"),
                List.of());
    }
}
