package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What people say failures come from. It is remembered by the shape of the failure, so that nobody says it twice.
@Component
class Triages {

    static final String ACTION = "failure.triage";

    static final List<String> CAUSES = List.of("product", "automation", "environment", "flaky");

    private static final int NOTE = 1_000;

    private final JdbcClient database;
    private final SeenProducts seen;
    private final Recording recording;

    Triages(JdbcClient database, SeenProducts seen, Recording recording) {
        this.database = database;
        this.seen = seen;
        this.recording = recording;
    }

    record Triage(UUID shape, String cause, String note, String by, Instant at) {}

    /// What was said of these shapes.
    Map<UUID, Triage> of(String product, Collection<UUID> shapes) {
        var said = new HashMap<UUID, Triage>();
        database.sql("""
                        select shape, cause, note, decided_by, decided_at from quality.triage
                         where product = :product and shape = any (:shapes)
                        """)
                .param("product", product)
                .param("shapes", shapes.toArray(UUID[]::new))
                .query(row -> {
                    var shape = row.getObject("shape", UUID.class);
                    said.put(
                            shape,
                            new Triage(
                                    shape,
                                    row.getString("cause"),
                                    row.getString("note"),
                                    row.getString("decided_by"),
                                    row.getObject("decided_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return said;
    }

    /// @throws Problem 400 for another cause or a note too long, 403 for who may not, 404 when nothing failed like this
    @Transactional
    public void say(String product, UUID shape, String cause, String note, Actor actor) {
        seen.judge(product, actor);
        if (!CAUSES.contains(cause)) {
            throw Problem.badInput("cause", "not_a_cause", "must be one of " + String.join(", ", CAUSES) + ".");
        }
        PlainText.checked("note", note, NOTE);
        var failed = database.sql("""
                        select exists (select from quality.test_case t join quality.report r on r.id = t.report
                                        where t.shape = :shape and r.product = :product)
                        """)
                .param("shape", shape)
                .param("product", product)
                .query(Boolean.class)
                .single();
        if (!failed) {
            throw Problem.notFound("A failure of this shape");
        }
        var now = recording.now();
        database.sql("""
                        insert into quality.triage (product, shape, cause, note, decided_by, decided_at)
                        values (:product, :shape, :cause, :note, :by, :at)
                        on conflict (product, shape) do update
                           set cause = excluded.cause, note = excluded.note, decided_by = excluded.decided_by,
                               decided_at = excluded.decided_at
                        """)
                .param("product", product)
                .param("shape", shape)
                .param("cause", cause)
                .param("note", note.strip())
                .param("by", actor.id())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        recording.tell(
                ACTION,
                "failure:" + shape,
                now,
                Map.of("product", product, "cause", cause),
                note.isBlank() ? Map.of() : Map.of("note", note.strip()),
                actor);
    }
}
