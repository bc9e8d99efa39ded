package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Outcome;
import dev.conduct.quality.SeenProducts;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Writes, rewrites and retires the checks of a product. Whoever may send reports of it may.
@Component
class Checks {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
    private static final Set<String> TAKEN = Set.of("new", "drafts", "secrets");

    private final JdbcClient database;
    private final CheckRows rows;
    private final SeenProducts seen;
    private final CheckEvents events;
    private final InstantSource time;

    Checks(JdbcClient database, CheckRows rows, SeenProducts seen, CheckEvents events, InstantSource time) {
        this.database = database;
        this.rows = rows;
        this.seen = seen;
        this.events = events;
        this.time = time;
    }

    /// @throws Problem 404 when it is not there, or not for this actor
    CheckNote find(String product, String name, Actor actor) {
        var _ = seen.find(product, actor);
        return rows.find(product, name).orElseThrow(() -> Problem.notFound("The check " + name));
    }

    /// A new check, or a new version of one; a retired one is done again.
    ///
    /// @param before the version that was read, null: whatever is there
    /// @throws Problem 400 with each mistake and its line, 403 for who may not, 404 without the product, 412 when
    ///     somebody wrote another version since
    @Transactional
    public CheckNote write(String product, String name, String text, @Nullable Integer before, Actor actor) {
        seen.judge(product, actor);
        if (!NAME.matcher(name).matches()) {
            throw Problem.badInput("name", "not_a_name", "must be small letters, digits and dashes, at most 60.");
        }
        if (TAKEN.contains(name)) {
            throw Problem.badInput("name", "taken", "is the address of another page. Choose another.");
        }
        var definition = DefinitionReader.read(text);
        var known = rows.find(product, name);
        var current = known.map(CheckNote::version).orElse(0);
        if (before != null && before.intValue() != current) {
            throw Problem.stale("The check " + name, current);
        }
        if (known.isEmpty() && rows.of(product).size() >= CheckRows.MOST) {
            throw Problem.conflict("too_many", "The product has " + CheckRows.MOST + " checks, which is the most.");
        }
        if (known.isPresent()
                && !known.get().retired()
                && rows.text(known.get().id(), current).orElse("").equals(text)) {
            return known.get();
        }
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = known.map(CheckNote::id).orElseGet(() -> Ids.next(now));
        var every = definition.every();
        var written = database.sql("""
                        insert into checks.definition (id, product, name, version, title, environment, every, drill, tied,
                                                       next_at, changed_at, changed_by)
                        values (:id, :product, :name, 1, :title, :environment, make_interval(secs => :every::double precision), :drill, :tied,
                                case when :every::double precision is null then null else :now end, :now, :by)
                        on conflict (product, name) do update
                           set version = definition.version + 1, title = excluded.title, environment = excluded.environment,
                               every = excluded.every, drill = excluded.drill, tied = excluded.tied, retired = false,
                               next_at = excluded.next_at, changed_at = excluded.changed_at,
                               changed_by = excluded.changed_by
                         where definition.version = :current
                        """)
                .param("id", id)
                .param("product", product)
                .param("name", name)
                .param("title", definition.title())
                .param("environment", definition.environment())
                .param("every", every == null ? null : (double) every.toSeconds())
                .param("drill", definition.drill())
                .param("tied", definition.build() != null)
                .param("now", CheckRows.at(now))
                .param("by", actor.id())
                .param("current", current)
                .update();
        if (written == 0) {
            throw Problem.stale("The check " + name, current + 1L);
        }
        keep(id, current + 1, text, definition, actor);
        events.tell(
                id,
                "check.write",
                actor,
                Outcome.SUCCESS,
                Map.of(
                        "product",
                        product,
                        "name",
                        name,
                        "version",
                        current + 1,
                        "environment",
                        definition.environment()),
                Map.of("title", definition.title()));
        return rows.find(id).orElseThrow();
    }

    private void keep(UUID id, int version, String text, Definition definition, Actor actor) {
        database.sql("""
                        insert into checks.text (definition, version, text, tied, drill, written_at, written_by)
                        values (:definition, :version, :text, :tied, :drill, :now, :by)
                        """)
                .param("definition", id)
                .param("version", version)
                .param("text", text)
                .param("tied", definition.build() != null)
                .param("drill", definition.drill())
                .param("now", CheckRows.at(time.instant()))
                .param("by", actor.id())
                .update();
    }

    /// No longer done, neither by itself nor when asked. What came of it stays.
    ///
    /// @throws Problem 403 for who may not, 404 without it
    @Transactional
    public void retire(String product, String name, Actor actor) {
        seen.judge(product, actor);
        var check = find(product, name, actor);
        var retired = database.sql("""
                        update checks.definition set retired = true, next_at = null where id = :id and not retired
                        """).param("id", check.id()).update();
        if (retired > 0) {
            database.sql("update checks.text set retired_at = :now where definition = :id and version = :version")
                    .param("now", CheckRows.at(time.instant()))
                    .param("id", check.id())
                    .param("version", check.version())
                    .update();
            database.sql("""
                            update checks.run set state = 'broken_off', ended_at = :now
                             where definition = :id and state = 'waiting'
                            """)
                    .param("now", CheckRows.at(time.instant()))
                    .param("id", check.id())
                    .update();
            events.tell(
                    check.id(),
                    "check.retire",
                    actor,
                    Outcome.SUCCESS,
                    Map.of("product", product, "name", name),
                    Map.of());
        }
    }
}
