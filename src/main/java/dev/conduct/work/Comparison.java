package dev.conduct.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A live table beside its rebuilt twin: where they differ, byte for byte, and how the live one is mended.
///
/// @param key the columns of the primary key
/// @param columns all that are written
record Comparison(String table, List<String> key, List<String> columns) {

    private static final JsonMapper JSON = new JsonMapper();

    static Comparison of(String table, JdbcClient database) {
        return new Comparison(
                table,
                database.sql("""
                                select attname::text
                                  from pg_index
                                  join pg_attribute on attrelid = indrelid and attnum = any(indkey)
                                 where indrelid = :table::regclass and indisprimary
                                 order by array_position(indkey::int2[], attnum)
                                """)
                        .param("table", table)
                        .query((row, number) -> row.getString(1))
                        .list(),
                database.sql("""
                                select attname::text
                                  from pg_attribute
                                 where attrelid = :table::regclass and attnum > 0 and not attisdropped
                                   and attgenerated = ''
                                 order by attnum
                                """)
                        .param("table", table)
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    Optional<Projections.Difference> first(JdbcClient database) {
        return database.sql("select concat_ws(' ', %s) as which, to_jsonb(live)::text as live,".formatted(names(key))
                        + " to_jsonb(rebuilt)::text as rebuilt" + differing() + " order by " + names(key) + " limit 1")
                .query((row, number) ->
                        difference(row.getString("which"), row.getString("live"), row.getString("rebuilt")))
                .optional();
    }

    /// The items of the rows that differ.
    List<String> items(JdbcClient database) {
        var column = table.equals("work.item") ? "key" : "item";
        return columns.contains(column)
                ? database.sql("select distinct coalesce(live.%1$s, rebuilt.%1$s)::text".formatted(column)
                                + differing())
                        .query((row, number) -> row.getString(1))
                        .list()
                : List.of();
    }

    /// Removes what the rebuilt table does not have.
    int remove(JdbcClient database) {
        return database.sql("delete from " + table + " live where not exists (select from " + Shadow.twin(table)
                        + " rebuilt where " + sameKey() + ")")
                .update();
    }

    /// Writes what it has otherwise, or in addition.
    int write(JdbcClient database) {
        var others = columns.stream().filter(column -> !key.contains(column)).toList();
        var taken = others.isEmpty()
                ? "nothing"
                : "update set "
                        + others.stream()
                                .map(column -> quoted(column) + " = excluded." + quoted(column))
                                .collect(Collectors.joining(", "));
        return database.sql("insert into " + table + " (" + names(columns) + ") select " + names(columns) + " from "
                        + Shadow.twin(table) + " rebuilt where not exists (select from " + table + " live where "
                        + sameKey() + " and live *= rebuilt) on conflict (" + names(key) + ") do " + taken)
                .update();
    }

    /// Compares by the bytes of each value, not by what counts as equal.
    private String differing() {
        return " from " + table + " live full join " + Shadow.twin(table) + " rebuilt using (" + names(key)
                + ") where (live *= rebuilt) is not true";
    }

    private String sameKey() {
        return key.stream()
                .map(column -> "live.%1$s = rebuilt.%1$s".formatted(quoted(column)))
                .collect(Collectors.joining(" and "));
    }

    private Projections.Difference difference(String which, String live, String rebuilt) {
        if (live == null || rebuilt == null) {
            return new Projections.Difference(
                    table, which, List.of(live == null ? "it is missing" : "the ledger knows nothing of it"));
        }
        var here = JSON.readTree(live);
        var there = JSON.readTree(rebuilt);
        var says = new ArrayList<String>();
        for (var column : columns) {
            if (!here.get(column).equals(there.get(column))) {
                says.add(column + " is " + shown(here.get(column)) + ", the ledger says " + shown(there.get(column)));
            }
        }
        return new Projections.Difference(
                table, which, says.isEmpty() ? List.of("its bytes differ in form only") : says);
    }

    private static String shown(JsonNode value) {
        var text = value.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static String names(List<String> columns) {
        return columns.stream().map(Comparison::quoted).collect(Collectors.joining(", "));
    }

    private static String quoted(String column) {
        return '"' + column + '"';
    }
}
