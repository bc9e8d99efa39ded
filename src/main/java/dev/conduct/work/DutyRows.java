package dev.conduct.work;

import dev.conduct.kernel.Page;
import dev.conduct.work.OverrideRows.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what exceptions leave owing.
@Repository
class DutyRows {

    private static final String COLUMNS = """
            select d.id, d.item, d.transition, d.gate, d.clause, d.evidence, d.owed_by, d.owed_at, d.due_at, d.overdue,
                   d.settled_by, d.settled_at, d.note
              from work.duty d
            """;

    private final JdbcClient database;

    DutyRows(JdbcClient database) {
        this.database = database;
    }

    Optional<Duty> find(UUID id) {
        return database.sql(COLUMNS + " where d.id = :id")
                .param("id", id)
                .query(DutyRows::duty)
                .optional();
    }

    List<Duty> ofItem(String item) {
        return database.sql(COLUMNS + " where d.item = :item order by d.due_at, d.id")
                .param("item", item)
                .query(DutyRows::duty)
                .list();
    }

    /// Unsettled ones of one person, first due first.
    List<Duty> owedBy(String actor) {
        return database.sql(COLUMNS + " where d.settled_at is null and d.owed_by = :actor order by d.due_at limit 50")
                .param("actor", actor)
                .query(DutyRows::duty)
                .list();
    }

    /// First due first; the id of the last is the cursor.
    ///
    /// @param open true for those still owed, false for the settled ones, null for all
    Page<Duty> page(@Nullable Boolean open, @Nullable Integer limit, @Nullable String cursor, Sight sight) {
        var size = Page.limit(limit);
        var only = open == null ? "" : open ? " and d.settled_at is null" : " and d.settled_at is not null";
        var rows = database.sql(COLUMNS + """
                          join work.item i on i.key = d.item
                         where (:after::uuid is null
                                or (d.due_at, d.id) > (select last.due_at, last.id
                                                         from work.duty last where last.id = :after::uuid))
                           and
                        """ + sight.of("i") + only + " order by d.due_at, d.id limit :limit")
                .params(sight.parameters())
                .param("after", RemarkRows.after(cursor), Types.VARCHAR)
                .param("limit", size + 1)
                .query(DutyRows::duty)
                .list();
        var shown = rows.subList(0, Math.min(size, rows.size()));
        return new Page<>(shown, rows.size() > size ? shown.getLast().id().toString() : null);
    }

    List<Ending> passed(Instant now, int most, List<UUID> without) {
        return database.sql("""
                        select id, item from work.duty
                         where settled_at is null and not overdue and due_at <= :now
                           and id <> all(:without) order by due_at limit :most
                        """)
                .param("now", ItemRows.time(now))
                .param("most", most)
                .param("without", without.toArray(UUID[]::new))
                .query((row, number) -> new Ending(row.getObject("id", UUID.class), row.getString("item")))
                .list();
    }

    Optional<Instant> nextDue(Instant now) {
        return database.sql("""
                        select due_at from work.duty
                         where settled_at is null and not overdue and due_at > :now order by due_at limit 1
                        """)
                .param("now", ItemRows.time(now))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static Duty duty(ResultSet row, int number) throws SQLException {
        return new Duty(
                row.getObject("id", UUID.class),
                row.getString("item"),
                row.getString("transition"),
                row.getString("gate"),
                row.getString("clause"),
                row.getString("evidence"),
                row.getString("owed_by"),
                row.getObject("owed_at", OffsetDateTime.class).toInstant(),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("overdue"),
                row.getString("settled_by"),
                ItemRows.instant(row, "settled_at"),
                row.getString("note"));
    }
}
