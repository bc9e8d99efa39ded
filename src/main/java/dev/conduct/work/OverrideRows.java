package dev.conduct.work;

import dev.conduct.kernel.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads exceptions.
@Repository
class OverrideRows {

    private static final String COLUMNS = """
            select id, item, transition, gate, clause, state, reason, asked_by, asked_at, decided_by, decided_at, note,
                   ends_at
              from work.override
            """;

    private final JdbcClient database;

    OverrideRows(JdbcClient database) {
        this.database = database;
    }

    Optional<GateOverride> find(String item, UUID id) {
        return database.sql(COLUMNS + " where id = :id and item = :item")
                .param("id", id)
                .param("item", item)
                .query(OverrideRows::override)
                .optional();
    }

    Optional<GateOverride> running(String item, UUID id) {
        return find(item, id)
                .filter(override -> override.state() == GateOverride.State.ASKED
                        || override.state() == GateOverride.State.APPROVED);
    }

    /// The one that waits or stands in for this gate.
    Optional<GateOverride> running(String item, String gate) {
        return database.sql(COLUMNS + " where item = :item and gate = :gate and state in ('asked', 'approved')")
                .param("item", item)
                .param("gate", gate)
                .query(OverrideRows::override)
                .optional();
    }

    /// Newest first; the id of the last is the cursor.
    Page<GateOverride> page(String item, @Nullable Integer limit, @Nullable String cursor) {
        var size = Page.limit(limit);
        var rows = database.sql(COLUMNS + """
                         where item = :item
                           and (:after::uuid is null
                                or (asked_at, id) < (select last.asked_at, last.id
                                                       from work.override last where last.id = :after::uuid))
                         order by asked_at desc, id desc
                         limit :limit
                        """)
                .param("item", item)
                .param("after", RemarkRows.after(cursor))
                .param("limit", size + 1)
                .query(OverrideRows::override)
                .list();
        var shown = rows.subList(0, Math.min(size, rows.size()));
        return new Page<>(shown, rows.size() > size ? shown.getLast().id().toString() : null);
    }

    /// Those that others asked for and nobody has decided, the first to lapse first.
    List<GateOverride> undecided(Instant now, String notBy) {
        return database.sql(COLUMNS + """
                         where state = 'asked' and ends_at > :now and asked_by <> :actor order by ends_at limit 50
                        """)
                .param("now", ItemRows.time(now))
                .param("actor", notBy)
                .query(OverrideRows::override)
                .list();
    }

    record Ending(UUID id, String item) {}

    List<Ending> ending(Instant now, int most, List<UUID> without) {
        return database.sql("""
                        select id, item from work.override
                         where state in ('asked', 'approved') and ends_at <= :now
                           and id <> all(:without) order by ends_at limit :most
                        """)
                .param("now", ItemRows.time(now))
                .param("most", most)
                .param("without", without.toArray(UUID[]::new))
                .query((row, number) -> new Ending(row.getObject("id", UUID.class), row.getString("item")))
                .list();
    }

    Optional<Instant> nextEnd(Instant now) {
        return database.sql("""
                        select ends_at from work.override
                         where state in ('asked', 'approved') and ends_at > :now order by ends_at limit 1
                        """)
                .param("now", ItemRows.time(now))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static GateOverride override(ResultSet row, int number) throws SQLException {
        return new GateOverride(
                row.getObject("id", UUID.class),
                row.getString("item"),
                row.getString("transition"),
                row.getString("gate"),
                row.getString("clause"),
                GateOverride.State.of(row.getString("state")),
                row.getString("reason"),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                ItemRows.instant(row, "decided_at"),
                row.getString("note"),
                row.getObject("ends_at", OffsetDateTime.class).toInstant());
    }
}
