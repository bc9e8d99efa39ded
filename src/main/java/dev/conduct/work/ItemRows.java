package dev.conduct.work;

import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.Procedures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The table of items.
@Repository
class ItemRows {

    static final String COLUMNS = """
            i.key, i.type, i.product, i.title, i.description, i.state, i.fields::text as fields, i.assignee, i.reporter,
            i.created_at, i.updated_at, i.procedure_version, i.version, i.due_at, i.organisation, i.readers
            """;

    /// Rows as one parameter: what a statement costs beside them is paid once, however many there are.
    private static final String NEW = """
            select *
              from json_to_recordset(:rows::json) as new (
                   key text, product text, number bigint, type text, title text, description text, state text,
                   open boolean, fields jsonb, severity text, priority text, urgency smallint, component text,
                   assignee text, reporter text, created_at timestamptz, updated_at timestamptz, week int,
                   due_at timestamptz, procedure_version text, version bigint, organisation text, readers text[],
                   said text[], before bigint)
            """;

    private final JdbcClient database;
    private final NamedParameterJdbcTemplate batches;
    private final Procedures procedures;

    ItemRows(JdbcClient database, NamedParameterJdbcTemplate batches, Procedures procedures) {
        this.database = database;
        this.batches = batches;
        this.procedures = procedures;
    }

    Optional<Item> find(String key, Sight sight) {
        return select(key, sight, "");
    }

    /// Holds the item until the transaction ends: who acts on one item acts one after the other.
    Optional<Item> lock(String key, Sight sight) {
        return select(key, sight, "for no key update of i");
    }

    /// Empty when somebody else holds it, or when it is not there.
    Optional<Item> lockIfFree(String key) {
        return select(key, Sight.OF_THE_SYSTEM, "for no key update of i skip locked");
    }

    /// The kinds of open items that a version does not judge yet.
    List<Migrations.Alike> openAlike(String otherThan) {
        return database.sql("""
                        select distinct procedure_version, type, state
                          from work.item
                         where open and procedure_version <> :version
                         order by procedure_version, type, state
                        """)
                .param("version", otherThan)
                .query((row, number) -> new Migrations.Alike(
                        row.getString("procedure_version"), row.getString("type"), row.getString("state")))
                .list();
    }

    /// Some that nobody else holds.
    List<Item> lockFree(Migrations.Alike alike, Collection<String> without, int most) {
        return database.sql("select " + COLUMNS + """
                          from work.item i
                         where i.open and i.type = :type and i.state = :state and i.procedure_version = :version
                           and i.key <> all (:without)
                         order by i.key
                         limit :most
                           for no key update skip locked
                        """)
                .param("type", alike.type())
                .param("state", alike.state())
                .param("version", alike.procedure())
                .param("without", without.toArray(String[]::new))
                .param("most", most)
                .query(ItemRows::item)
                .list();
    }

    private Optional<Item> select(String key, Sight sight, String lock) {
        return database.sql("select " + COLUMNS + """
                          from work.item i
                         where i.key = :key and
                        """ + sight.of("i") + " " + lock)
                .param("key", key)
                .params(sight.parameters())
                .query(ItemRows::item)
                .optional();
    }

    List<Item> visible(Collection<String> keys, Sight sight) {
        return database.sql("select " + COLUMNS + """
                         from work.item i where i.key = any(:keys) and
                        """ + sight.of("i"))
                .param("keys", keys.toArray(String[]::new))
                .params(sight.parameters())
                .query(ItemRows::item)
                .list();
    }

    Map<String, Item> lock(Collection<String> keys) {
        return database
                .sql("select " + COLUMNS + """
                         from work.item i where i.key = any(:keys) order by i.key for no key update
                        """)
                .param("keys", keys.toArray(String[]::new))
                .query(ItemRows::item)
                .list()
                .stream()
                .collect(Collectors.toMap(Item::key, Function.identity()));
    }

    /// Holds those that nobody else holds and that are still as they were read.
    ///
    /// @return their versions by key
    Map<String, Long> lockUnchanged(List<Item> read) {
        if (read.isEmpty()) {
            return Map.of();
        }
        var held = new HashMap<String, Long>();
        database.sql("""
                        select i.key, i.version
                          from work.item i
                          join unnest(:keys, :versions) as read (key, version)
                            on i.key = read.key and i.version = read.version
                         order by i.key
                           for no key update of i skip locked
                        """)
                .param("keys", read.stream().map(Item::key).toArray(String[]::new))
                .param("versions", read.stream().map(Item::version).toArray(Long[]::new))
                .query((RowCallbackHandler) row -> held.put(row.getString("key"), row.getLong("version")));
        return held;
    }

    /// Keys of those that are there.
    Optional<String> visibleKey(String key, Sight sight) {
        return database.sql("select i.key from work.item i where i.key = :key and " + sight.of("i"))
                .param("key", key)
                .params(sight.parameters())
                .query(String.class)
                .optional();
    }

    boolean linked(String key, String kind, String other) {
        return database.sql(
                        "select exists (select from work.link where item = :key and kind = :kind and other = :other)")
                .param("key", key)
                .param("kind", kind)
                .param("other", other)
                .query(Boolean.class)
                .single();
    }

    /// @param said the comments it already has, oldest first
    record New(Item item, List<String> said) {}

    void insert(List<New> items) {
        if (items.isEmpty()) {
            return;
        }
        database.sql("with new as (" + NEW + """
                    ),
                    item as (
                        insert into work.item (key, product, number, type, title, description, state, open, fields, severity,
                                               priority, urgency, component, assignee, reporter, created_at, updated_at,
                                               due_at, procedure_version, version, organisation, readers)
                        select key, product, number, type, title, description, state, open, fields, severity,
                               priority, urgency, component, assignee, reporter, created_at, updated_at,
                               due_at, procedure_version, version, organisation, readers
                          from new)
                    insert into work.item_words (item, week, title, head, said)
                    select key, week, title, work.head(key, title, description), work.said_all(''::tsvector, said)
                      from new
                    """)
                .param("rows", rows(items, made -> values(made.item()).addValue("said", made.said())))
                .update();
    }

    /// @throws dev.conduct.kernel.Problem 412 when one is no longer at the version before
    void update(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var updated = database.sql("""
                        update work.item i
                           set state = new.state, open = new.open, fields = new.fields, severity = new.severity,
                               priority = new.priority, urgency = new.urgency, component = new.component,
                               assignee = new.assignee, updated_at = new.updated_at, due_at = new.due_at,
                               procedure_version = new.procedure_version, version = new.version, readers = new.readers
                          from (""" + NEW + """
                               ) new
                         where i.key = new.key and i.version = new.before
                        returning i.key
                        """)
                .param("rows", rows(changes, this::values))
                .query(String.class)
                .set();
        for (var change : changes) {
            if (!updated.contains(change.after().key())) {
                throw Problem.stale(change.after().key(), change.after().version());
            }
        }
        batch(
                "update work.item_words set week = :week where item = :key",
                changes.stream().filter(Change::inAnotherWeek).toList(),
                this::values);
        var rewritten = changes.stream().filter(Change::rewritten).toList();
        batch(
                "update work.item set title = :title, description = :description where key = :key",
                rewritten,
                this::values);
        batch(
                "update work.item_words set title = :title, head = work.head(:key, :title, :description) where item = :key",
                rewritten,
                this::values);
    }

    record Change(Item before, Item after) {

        boolean rewritten() {
            return !before.title().equals(after.title())
                    || !before.description().equals(after.description());
        }

        boolean inAnotherWeek() {
            return WordSearch.week(before.updatedAt()) != WordSearch.week(after.updatedAt());
        }
    }

    void due(String key, @Nullable Instant dueAt) {
        database.sql("update work.item set due_at = :due where key = :key")
                .param("due", time(dueAt), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("key", key)
                .update();
    }

    boolean productIsHere(String key) {
        return database.sql("select exists (select from work.product where key = :key)")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    boolean productIsSeen(String key, Sight sight) {
        return database.sql("select exists (select from work.product p where p.key = :key and " + sight.ofProduct("p")
                        + ")")
                .param("key", key)
                .params(sight.parameters())
                .query(Boolean.class)
                .single();
    }

    /// The first of some numbers nobody had before. Alone they commit without waiting for the disk: whatever commits
    /// after them, waits.
    ///
    /// @param alone when no transaction is open; the row is then locked for no longer than the statement
    OptionalLong number(String product, int many, boolean alone) {
        return database.sql(alone ? """
                        update work.product set next_number = next_number + :many
                          from (select set_config('synchronous_commit', 'off', true)) as soon
                         where key = :product returning next_number - :many
                        """ : """
                        update work.product set next_number = next_number + :many
                         where key = :product returning next_number - :many
                        """)
                .param("many", many)
                .param("product", product)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /// Only if nobody took more since.
    void giveBack(String product, long next, long end) {
        database.sql("update work.product set next_number = :next where key = :product and next_number = :end")
                .param("next", next)
                .param("product", product)
                .param("end", end)
                .update();
    }

    private MapSqlParameterSource values(Change change) {
        return values(change.after()).addValue("before", change.before().version());
    }

    private MapSqlParameterSource values(Item item) {
        var known = Door.type(procedures.version(item.procedureVersion()), item.type());
        return new MapSqlParameterSource()
                .addValue("key", item.key())
                .addValue("product", item.product())
                .addValue("number", Long.valueOf(item.key().substring(item.key().lastIndexOf('-') + 1)))
                .addValue("type", item.type())
                .addValue("title", item.title())
                .addValue("description", item.description())
                .addValue("state", item.state())
                .addValue("open", !known.ended().contains(item.state()))
                .addValue("fields", new TreeMap<>(item.fields()))
                .addValue(
                        "severity", known.value(Meaning.SEVERITY, item.fields()).orElse(null), Types.VARCHAR)
                .addValue(
                        "priority", known.value(Meaning.PRIORITY, item.fields()).orElse(null), Types.VARCHAR)
                .addValue("urgency", ItemFold.urgency(known, item.fields()))
                .addValue("component", known.component(item.fields()).orElse(null), Types.VARCHAR)
                .addValue("assignee", item.assignee(), Types.VARCHAR)
                .addValue("reporter", item.reporter())
                .addValue("created_at", time(item.createdAt()))
                .addValue("updated_at", time(item.updatedAt()))
                .addValue("week", WordSearch.week(item.updatedAt()))
                .addValue("due_at", time(item.dueAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("procedure_version", item.procedureVersion())
                .addValue("version", item.version())
                .addValue("organisation", item.organisation(), Types.VARCHAR)
                .addValue("readers", readers(item), Types.ARRAY);
    }

    /// A role is held company-wide or for the product: the row names it both ways.
    private static String @Nullable [] readers(Item item) {
        var readers = item.readers();
        return readers == null
                ? null
                : readers.stream()
                        .flatMap(name -> name.startsWith("role:")
                                ? Stream.of(name, "role:" + item.product() + "/" + name.substring("role:".length()))
                                : Stream.of(name))
                        .toArray(String[]::new);
    }

    private static @Nullable List<String> readers(ResultSet row) throws SQLException {
        var readers = row.getArray("readers");
        return readers == null
                ? null
                : Stream.of((String[]) readers.getArray())
                        .filter(name -> name.indexOf('/') < 0)
                        .toList();
    }

    private static <T> String rows(List<T> rows, Function<T, MapSqlParameterSource> values) {
        return FieldsJson.rows(
                rows.stream().map(values).map(MapSqlParameterSource::getValues).toList());
    }

    private <T> int[] batch(String sql, List<T> rows, Function<T, MapSqlParameterSource> values) {
        return rows.isEmpty()
                ? new int[0]
                : batches.batchUpdate(sql, rows.stream().map(values).toArray(SqlParameterSource[]::new));
    }

    static Item item(ResultSet row, int number) throws SQLException {
        return new Item(
                row.getString("key"),
                row.getString("type"),
                row.getString("product"),
                row.getString("title"),
                row.getString("description"),
                row.getString("state"),
                FieldsJson.read(row.getString("fields")),
                row.getString("assignee"),
                row.getString("reporter"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("procedure_version"),
                row.getLong("version"),
                instant(row, "due_at"),
                row.getString("organisation"),
                readers(row));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
