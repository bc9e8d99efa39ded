package dev.conduct.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The table of clocks.
@Repository
class ClockRows {

    /// Which round of which clock, and by what it is judged.
    record Which(String item, String name, int round, String type, String procedure) {}

    /// Its plan is tested.
    static final String NEXT_DUE = """
            select item, name, round, type, procedure
              from clock.clock
             where next_moment <= :now
             order by next_moment
             limit 1
               for update skip locked
            """;

    private final JdbcClient database;

    ClockRows(JdbcClient database) {
        this.database = database;
    }

    /// Puts the rows of items in the place of those they had. Rows are locked also where nothing changes: whoever
    /// holds a row knows that its item's clocks stand still.
    ///
    /// @param items that had rows before
    void replace(Collection<String> items, List<ClockRow> rows) {
        if (!items.isEmpty()) {
            removeOthers(items, rows);
        }
        if (!rows.isEmpty()) {
            add(rows);
        }
    }

    private void removeOthers(Collection<String> items, List<ClockRow> rows) {
        database.sql("""
                        delete from clock.clock old
                         where old.item = any (:items)
                           and not exists (select 1
                                             from unnest(:keys::text[], :names::text[], :rounds::int[])
                                                  as new (item, name, round)
                                            where new.item = old.item and new.name = old.name and new.round = old.round)
                        """)
                .param("items", items.toArray(String[]::new))
                .param("keys", texts(rows, ClockRow::item))
                .param("names", texts(rows, row -> row.reading().name()))
                .param("rounds", rounds(rows))
                .update();
    }

    private void add(List<ClockRow> rows) {
        database.sql("""
                        insert into clock.clock (item, name, round, type, procedure, target, state, started_at, ended_at,
                                                 soft_due_at, due_at, breach_at, next_moment)
                        select *
                          from unnest(:keys::text[], :names::text[], :rounds::int[], :types::text[], :procedures::text[],
                                      :targets::text[], :states::text[], :started::timestamptz[], :ended::timestamptz[],
                                      :soft::timestamptz[], :due::timestamptz[], :breach::timestamptz[],
                                      :next::timestamptz[])
                        on conflict (item, name, round) do update
                           set type = excluded.type, procedure = excluded.procedure, target = excluded.target,
                               state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at,
                               soft_due_at = excluded.soft_due_at, due_at = excluded.due_at,
                               breach_at = excluded.breach_at, next_moment = excluded.next_moment
                        """)
                .param("keys", texts(rows, ClockRow::item))
                .param("names", texts(rows, row -> row.reading().name()))
                .param("rounds", rounds(rows))
                .param("types", texts(rows, ClockRow::type))
                .param("procedures", texts(rows, ClockRow::procedure))
                .param("targets", texts(rows, row -> row.reading().targetName()))
                .param("states", texts(rows, row -> row.reading().state().word()))
                .param("started", times(rows, row -> row.reading().startedAt()))
                .param("ended", times(rows, row -> row.reading().endedAt()))
                .param("soft", times(rows, row -> row.reading().softDueAt()))
                .param("due", times(rows, row -> row.reading().dueAt()))
                .param("breach", times(rows, row -> row.reading().breachAt()))
                .param("next", times(rows, ClockRow::nextMoment))
                .update();
    }

    /// Takes the row whose moment came first and keeps it for this transaction, passing over those that others hold.
    Optional<Which> takeDue(Instant now) {
        return database.sql(NEXT_DUE)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(ClockRows::which)
                .optional();
    }

    void keep(ClockRow row) {
        database.sql("""
                        update clock.clock
                           set state = :state, next_moment = :next
                         where item = :item and name = :name and round = :round
                        """)
                .param("state", row.reading().state().word())
                .param("next", time(row.nextMoment()))
                .param("item", row.item())
                .param("name", row.reading().name())
                .param("round", row.reading().round())
                .update();
    }

    /// Lets a row that could not be dealt with wait, so that it does not hold up the others.
    void postpone(Which which, Instant until) {
        database.sql("""
                        update clock.clock
                           set next_moment = :until
                         where item = :item and name = :name and round = :round and next_moment < :until
                        """)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("item", which.item())
                .param("name", which.name())
                .param("round", which.round())
                .update();
    }

    Optional<Instant> nextMoment() {
        return database.sql(
                        "select next_moment from clock.clock where next_moment is not null order by next_moment limit 1")
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static Which which(ResultSet row, int number) throws SQLException {
        return new Which(
                row.getString("item"),
                row.getString("name"),
                row.getInt("round"),
                row.getString("type"),
                row.getString("procedure"));
    }

    private static String[] texts(List<ClockRow> rows, Function<ClockRow, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private static Integer[] rounds(List<ClockRow> rows) {
        return rows.stream().map(row -> row.reading().round()).toArray(Integer[]::new);
    }

    /// As texts, which PostgreSQL reads as times: the driver knows arrays of texts.
    private static @Nullable String[] times(List<ClockRow> rows, Function<ClockRow, @Nullable Instant> column) {
        return rows.stream()
                .map(column)
                .map(moment -> moment == null ? null : moment.toString())
                .toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
    }
}
