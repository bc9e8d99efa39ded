package dev.conduct.work;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The table of items, as it is read and as its rows are held.
@Repository
class ItemRows {

    static final String COLUMNS = """
            i.key, i.type, i.product, i.title, i.description, i.state, i.fields::text as fields, i.assignee, i.reporter,
            i.created_at, i.updated_at, i.procedure_version, i.version, i.due_at, i.organisation, i.readers
            """;

    private final JdbcClient database;

    ItemRows(JdbcClient database) {
        this.database = database;
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

    private static @Nullable List<String> readers(ResultSet row) throws SQLException {
        var readers = row.getArray("readers");
        return readers == null
                ? null
                : Stream.of((String[]) readers.getArray())
                        .filter(name -> name.indexOf('/') < 0)
                        .toList();
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
