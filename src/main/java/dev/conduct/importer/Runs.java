package dev.conduct.importer;

import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// The runs there were, and the one that is under way.
@Repository
class Runs {

    /// After so long without a word, the server that did it is taken for gone.
    static final Duration SILENT = Duration.ofMinutes(5);

    private static final int SHOWN = 50;
    private static final String COLUMNS = """
            select id, actor, format, product, files, doing, state, asked_at, ended_at, expected, handled,
                   account::text as account, undone::text as undone, undoer, trouble
              from importer.run
            """;

    private final JdbcClient database;
    private final InstantSource time;
    private final JsonMapper json;

    Runs(JdbcClient database, InstantSource time, JsonMapper json) {
        this.database = database;
        this.time = time;
        this.json = json;
    }

    void add(UUID id, String actor, Imports.Order order, Run.State state, long expected) {
        database.sql("""
                        insert into importer.run
                               (id, actor, format, product, files, doing, state, asked_at, beat_at, expected, handled)
                        values (:id, :actor, :format, :product, :files, 'import', :state, :now, :now, :expected, 0)
                        """)
                .param("id", id)
                .param("actor", actor)
                .param("format", order.format().word())
                .param("product", order.product())
                .param(
                        "files",
                        String.join(
                                "\n",
                                order.files().stream().map(Imports.Source::name).toList()))
                .param("state", word(state))
                .param("now", now())
                .param("expected", expected)
                .update();
    }

    Optional<Run> find(UUID id) {
        return database.sql(COLUMNS + " where id = :id")
                .param("id", id)
                .query((row, _) -> run(row))
                .optional();
    }

    /// The newest first.
    ///
    /// @param before only those asked for before this one; null for the newest
    List<Run> newest(@Nullable UUID before) {
        return database.sql(COLUMNS + """
                         where (:before::uuid is null or (asked_at, id) < (select asked_at, id from importer.run where id = :before))
                         order by asked_at desc, id desc
                         limit :shown
                        """)
                .param("before", before)
                .param("shown", SHOWN)
                .query((row, _) -> run(row))
                .list();
    }

    static boolean full(List<Run> page) {
        return page.size() == SHOWN;
    }

    /// Takes the oldest that waits, or that a server left lying, so that no other takes it.
    Optional<Run> take() {
        return database.sql("""
                        update importer.run
                           set state = 'running', beat_at = :now
                         where id = (select id
                                       from importer.run
                                      where state in ('waiting', 'running')
                                        and (state = 'waiting' or beat_at < :silent)
                                      order by asked_at, id
                                      limit 1
                                        for update skip locked)
                        returning id, actor, format, product, files, doing, state, asked_at, ended_at, expected, handled,
                                  account::text as account, undone::text as undone, undoer, trouble
                        """)
                .param("now", now())
                .param("silent", time.instant().minus(SILENT).atOffset(ZoneOffset.UTC))
                .query((row, _) -> run(row))
                .optional();
    }

    /// @throws Problem 409 when it is not one that can be undone
    void askUndo(UUID id, String undoer) {
        var asked = database.sql("""
                        update importer.run
                           set doing = 'undo', state = 'waiting', undoer = :undoer, handled = 0, ended_at = null,
                               beat_at = :now,
                               expected = (select count(*) from importer.run_item where run = :id)
                         where id = :id and doing = 'import' and state = 'done'
                        """)
                .param("id", id)
                .param("undoer", undoer)
                .param("now", now())
                .update();
        if (asked == 0) {
            throw Problem.conflict("not_done", "Only an import that is done, and not undone, can be undone.");
        }
    }

    void handled(UUID id, long handled) {
        database.sql("update importer.run set handled = :handled, beat_at = :now where id = :id")
                .param("id", id)
                .param("handled", handled)
                .param("now", now())
                .update();
    }

    void imported(UUID id, LossAccount account) {
        database.sql("""
                        update importer.run
                           set state = 'done', account = :account::jsonb, handled = :read, ended_at = :now, beat_at = :now
                         where id = :id
                        """)
                .param("id", id)
                .param("account", json.writeValueAsString(account.withoutNames()))
                .param("read", account.read())
                .param("now", now())
                .update();
    }

    void undone(UUID id, Run.Undone undone) {
        database.sql("""
                        update importer.run
                           set state = 'done', undone = :undone::jsonb, handled = expected, ended_at = :now, beat_at = :now
                         where id = :id
                        """)
                .param("id", id)
                .param("undone", json.writeValueAsString(undone))
                .param("now", now())
                .update();
    }

    void failed(UUID id, String trouble) {
        database.sql("""
                        update importer.run set state = 'failed', trouble = :trouble, ended_at = :now, beat_at = :now
                         where id = :id
                        """)
                .param("id", id)
                .param("trouble", trouble)
                .param("now", now())
                .update();
    }

    /// Remembers what a run made, in the transaction that made it.
    ///
    /// @param added by key, how many events were recorded; of an item the run did not make, nothing is kept
    void made(UUID id, Map<String, Integer> made, Map<String, Integer> added) {
        database.sql("""
                        insert into importer.run_item (run, item, version)
                        select :run, item, version from unnest(:items::text[], :versions::bigint[]) as made (item, version)
                        on conflict (run, item) do nothing
                        """)
                .param("run", id)
                .param("items", made.keySet().toArray(String[]::new))
                .param("versions", made.values().stream().map(Long::valueOf).toArray(Long[]::new))
                .update();
        database.sql("""
                        update importer.run_item mine
                           set version = mine.version + more.events
                          from unnest(:items::text[], :events::bigint[]) as more (item, events)
                         where mine.run = :run and mine.item = more.item
                        """)
                .param("run", id)
                .param("items", added.keySet().toArray(String[]::new))
                .param("events", added.values().stream().map(Long::valueOf).toArray(Long[]::new))
                .update();
    }

    /// Some of what a run made, by key.
    Map<String, Long> items(UUID id, String after, int most) {
        var items = new java.util.LinkedHashMap<String, Long>();
        database.sql("""
                        select item, version from importer.run_item where run = :run and item > :after order by item limit :most
                        """)
                .param("run", id)
                .param("after", after)
                .param("most", most)
                .query(row -> {
                    items.put(row.getString("item"), row.getLong("version"));
                });
        return items;
    }

    /// Which of these the run made.
    Set<String> ofRun(UUID id, Collection<String> keys) {
        return new HashSet<>(database.sql("select item from importer.run_item where run = :run and item = any(:keys)")
                .param("run", id)
                .param("keys", keys.toArray(String[]::new))
                .query((row, _) -> row.getString(1))
                .list());
    }

    private Run run(ResultSet row) throws SQLException {
        var account = row.getString("account");
        var undone = row.getString("undone");
        return new Run(
                row.getObject("id", UUID.class),
                row.getString("actor"),
                ImportFormat.of(row.getString("format")),
                row.getString("product"),
                List.of(row.getString("files").split("\n")),
                row.getString("doing").equals("undo"),
                Run.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("asked_at", OffsetDateTime.class).toInstant(),
                instant(row, "ended_at"),
                row.getLong("expected"),
                row.getLong("handled"),
                account == null ? null : json.readValue(account, LossAccount.class),
                undone == null ? null : json.readValue(undone, Run.Undone.class),
                row.getString("undoer"),
                row.getString("trouble"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static String word(Run.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private OffsetDateTime now() {
        return time.instant().atOffset(ZoneOffset.UTC);
    }
}
