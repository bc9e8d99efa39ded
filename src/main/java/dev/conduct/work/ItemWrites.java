package dev.conduct.work;

import static dev.conduct.work.ItemRows.time;

import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.Procedures;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The table of items, as it is written: many rows in few round trips.
@Repository
class ItemWrites {

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

    ItemWrites(JdbcClient database, NamedParameterJdbcTemplate batches, Procedures procedures) {
        this.database = database;
        this.batches = batches;
        this.procedures = procedures;
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

    private static <T> String rows(List<T> rows, Function<T, MapSqlParameterSource> values) {
        return FieldsJson.rows(
                rows.stream().map(values).map(MapSqlParameterSource::getValues).toList());
    }

    private <T> int[] batch(String sql, List<T> rows, Function<T, MapSqlParameterSource> values) {
        return rows.isEmpty()
                ? new int[0]
                : batches.batchUpdate(sql, rows.stream().map(values).toArray(SqlParameterSource[]::new));
    }
}
