package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.Nearest;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.ItemQuery.Match;
import dev.conduct.work.ItemQuery.Named;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.ItemQuery.Subject;
import dev.conduct.work.WordSearch.Bounds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Lists of items by the query language.
@Component
public class ItemLists {

    /// A count goes no further: "1,000 or more" is all that a tab has to say.
    public static final int COUNTED = 1_000;

    private final JdbcClient database;
    private final Procedures procedures;
    private final Products products;
    private final ComponentNames components;
    private final People people;
    private final KeptCodes kept;
    private final InstantSource time;

    ItemLists(
            JdbcClient database,
            Procedures procedures,
            Products products,
            ComponentNames components,
            People people,
            KeptCodes kept,
            InstantSource time) {
        this.database = database;
        this.procedures = procedures;
        this.products = products;
        this.components = components;
        this.people = people;
        this.kept = kept;
        this.time = time;
    }

    /// @param query of the query language, empty for all
    /// @throws Problem 400 with every mistake in the query, each at its place
    public Page<Item> page(String query, @Nullable Integer limit, @Nullable String cursor, Actor actor) {
        var parsed = resolved(QueryParser.parse(query, called()), actor);
        var size = Page.limit(limit);
        var sql = QuerySql.of(parsed, Sight.of(actor), time.instant());
        if (cursor != null && !cursor.isBlank()) {
            sql.after(parsed.sort(), Cursor.read(cursor, parsed.sort()));
        }
        RowMapper<Row> mapped = (row, number) -> new Row(ItemRows.item(row, number), cursor(parsed.sort(), row));
        var rows = sql.searches() && Sight.of(actor).inside()
                ? new WordSearch(database, sql, parsed.sort(), size + 1, Bounds.USUAL).find(mapped)
                : database.sql("select " + ItemRows.COLUMNS + ", i.urgency" + sql.from() + sql.where()
                                + QuerySql.order(parsed.sort()) + " limit " + (size + 1))
                        .params(sql.parameters())
                        .query(mapped)
                        .list();
        if (rows.isEmpty()) {
            requireWords(parsed);
        }
        var shown = rows.subList(0, Math.min(size, rows.size()));
        return new Page<>(
                shown.stream().map(Row::item).toList(),
                rows.size() > size ? shown.getLast().cursor().written() : null);
    }

    /// How many there are, up to `COUNTED`.
    public int count(String query, Actor actor) {
        var sql = QuerySql.of(resolved(QueryParser.parse(query, called()), actor), Sight.of(actor), time.instant());
        return database.sql(
                        "select count(*) from (select" + sql.from() + sql.where() + " limit " + COUNTED + ") as found")
                .params(sql.parameters())
                .query(Integer.class)
                .single();
    }

    /// Some of the items of each value, in the order of the query.
    ///
    /// @param count how many there are, up to `COUNTED`
    record Grouped(String value, long count, List<Item> items) {}

    /// @param values those of `by` that are looked for, in the order they come in; `none` for no value
    /// @param each how many items of each
    List<Grouped> grouped(String query, Subject by, Collection<String> values, int each, Actor actor) {
        var parsed = resolved(QueryParser.parse(query, called()), actor);
        var sql = QuerySql.of(parsed, Sight.of(actor), time.instant());
        var found = new LinkedHashMap<String, List<Item>>();
        var counts = new HashMap<String, Long>();
        var column = "i." + by.name().toLowerCase(java.util.Locale.ROOT);
        // Nothing is a value of its own: beside the others it would keep them from their index.
        var named = values.stream().filter(value -> !value.equals("none")).toList();
        group(sql, parsed, column + " = g.value", named, each, found, counts);
        if (values.contains("none")) {
            group(sql, parsed, column + " is null", List.of("none"), each, found, counts);
        }
        return values.stream()
                .filter(counts::containsKey)
                .map(value -> new Grouped(value, counts.getOrDefault(value, 0L), found.getOrDefault(value, List.of())))
                .toList();
    }

    private void group(
            QuerySql sql,
            ItemQuery query,
            String only,
            List<String> values,
            int each,
            Map<String, List<Item>> found,
            Map<String, Long> counts) {
        var matching = sql.from() + sql.where() + (sql.where().isEmpty() ? " where " : " and ") + only;
        database.sql("select g.value, counted.found, " + ItemRows.COLUMNS
                        + " from unnest(:values::text[]) with ordinality as g (value, place)"
                        + " cross join lateral (select count(*) as found from (select" + matching + " limit "
                        + COUNTED + ") as c) as counted"
                        + " left join lateral (select i.*" + matching + QuerySql.order(query.sort()) + " limit " + each
                        + ") as i on true where counted.found > 0 order by g.place")
                .params(sql.parameters())
                .param("values", values.toArray(String[]::new))
                .query((ResultSet row) -> {
                    var value = row.getString("value");
                    counts.put(value, row.getLong("found"));
                    if (row.getString("key") != null) {
                        found.computeIfAbsent(value, none -> new ArrayList<>()).add(ItemRows.item(row, 0));
                    }
                });
    }

    /// Everybody who is assigned anything, found from one to the next in the index.
    List<String> assignees() {
        return database.sql("""
                with recursive known (id) as (
                    (select assignee from work.item where assignee is not null order by assignee limit 1)
                    union all
                    select (select assignee from work.item where assignee > known.id order by assignee limit 1)
                      from known where known.id is not null)
                select id from known where id is not null limit 200
                """).query((row, number) -> row.getString("id")).list();
    }

    /// Words that are in nearly every text are not in the index: nothing is found by them alone, and that is said.
    private void requireWords(ItemQuery query) {
        var words = query.terms().stream()
                .filter(term -> term instanceof ItemQuery.Words)
                .map(term -> (ItemQuery.Words) term)
                .toList();
        if (words.isEmpty()) {
            return;
        }
        var telling = database.sql("select numnode(plainto_tsquery('pg_catalog.english', :words)) > 0")
                .param("words", words.stream().map(ItemQuery.Words::text).collect(Collectors.joining(" ")))
                .query(Boolean.class)
                .single();
        if (!telling) {
            throw Problem.badInput(List.of(QueryParser.at(
                    words.getFirst().at(),
                    "too_common",
                    "`" + Door.shown(words.getFirst().text())
                            + "` is in nearly every text and cannot be searched for alone; add a rarer word.")));
        }
    }

    private record Row(Item item, Cursor cursor) {}

    private static Cursor cursor(Sort sort, ResultSet row) throws SQLException {
        var value =
                switch (sort) {
                    case UPDATED, LONGEST_UNTOUCHED -> time(row, "updated_at");
                    case CREATED, OLDEST -> time(row, "created_at");
                    case DUE, LAST_DUE -> time(row, "due_at");
                    case PRIORITY, LEAST_URGENT -> String.valueOf(row.getInt("urgency"));
                };
        return new Cursor(sort, value, row.getString("key"));
    }

    private static String time(ResultSet row, String column) throws SQLException {
        return Objects.toString(ItemRows.instant(row, column), "infinity");
    }

    /// People as ids; and every value that nothing here has is a mistake.
    private ItemQuery resolved(ItemQuery query, Actor actor) {
        var mistakes = new ArrayList<FieldProblem>();
        var types = types(query);
        if (!Sight.of(actor).inside()) {
            OutsideQuery.check(query, types, mistakes);
        }
        var terms = query.terms().stream()
                .map(term -> switch (term) {
                    case Match match -> resolved(match, types, actor, mistakes);
                    case Named named ->
                        new Named(named.address(), kept.codes(named.address()), named.at(), named.not());
                    case ItemQuery.Standing _, ItemQuery.When _, ItemQuery.Overdue _, ItemQuery.Words _ -> term;
                })
                .toList();
        if (!mistakes.isEmpty()) {
            throw Problem.badInput(mistakes);
        }
        return new ItemQuery(terms, query.sort());
    }

    /// The types it asks for; all when it names none, or none that is known.
    private List<ItemType> types(ItemQuery query) {
        var all = procedures.all().stream()
                .flatMap(procedure -> procedure.types().values().stream())
                .toList();
        var named = query.terms().stream()
                .flatMap(term -> term instanceof Match match && match.subject() == Subject.TYPE && !match.not()
                        ? match.values().stream()
                        : Stream.of())
                .toList();
        var asked = all.stream().filter(type -> named.contains(type.name())).toList();
        return asked.isEmpty() ? all : asked;
    }

    private Match resolved(Match match, List<ItemType> types, Actor actor, List<FieldProblem> mistakes) {
        var known = known(match.subject(), types, actor);
        var values = new LinkedHashSet<String>();
        for (var value : match.values()) {
            if (known == null) {
                values.add(person(match, value, actor, mistakes));
            } else {
                values.add(value);
                var today = match.subject() == Subject.COMPONENT ? components.today(value, actor) : List.<String>of();
                values.addAll(today);
                if (!known.contains(value) && today.isEmpty()) {
                    mistakes.add(QueryParser.at(
                            match.at(),
                            "unknown_value",
                            "there is no " + match.subject().name().toLowerCase(java.util.Locale.ROOT) + " `"
                                    + Door.shown(value) + "`; " + Nearest.instead(Door.shown(value), known) + "."));
                }
            }
        }
        return new Match(match.subject(), values, match.at(), match.not());
    }

    /// Null where people are meant.
    private @Nullable Set<String> known(Subject subject, List<ItemType> types, Actor actor) {
        var known = new TreeSet<String>();
        switch (subject) {
            case TYPE ->
                procedures
                        .all()
                        .forEach(procedure -> known.addAll(procedure.types().keySet()));
            case STATE -> types.forEach(type -> known.addAll(type.states().keySet()));
            case SEVERITY -> options(Meaning.SEVERITY, types, known);
            case PRIORITY -> options(Meaning.PRIORITY, types, known);
            case PRODUCT -> products.visible(actor).forEach(product -> known.add(product.key()));
            case COMPONENT -> {
                known.add("none");
                known.addAll(products.componentNames(actor));
            }
            case ASSIGNEE, REPORTER -> {
                return null;
            }
        }
        return known;
    }

    private static void options(Meaning meaning, List<ItemType> types, Set<String> known) {
        known.add("none");
        types.forEach(type -> type.field(meaning).ifPresent(field -> known.addAll(field.options())));
    }

    /// What the fields of the procedure's types are called, beside the names every query knows.
    private Map<String, Subject> called() {
        var called = new HashMap<String, Subject>();
        for (var procedure : procedures.all()) {
            for (var type : procedure.types().values()) {
                type.field(Meaning.SEVERITY).ifPresent(field -> called.putIfAbsent(field.name(), Subject.SEVERITY));
                type.field(Meaning.PRIORITY).ifPresent(field -> called.putIfAbsent(field.name(), Subject.PRIORITY));
                type.componentField().ifPresent(field -> called.putIfAbsent(field.name(), Subject.COMPONENT));
            }
        }
        return called;
    }

    private String person(Match match, String value, Actor actor, List<FieldProblem> mistakes) {
        if (value.equals("me")) {
            return actor.id();
        }
        if (value.equals("none") && match.subject() == Subject.ASSIGNEE) {
            return value;
        }
        var known = Sight.of(actor).inside() ? people.resolve(value) : Optional.<People.Person>empty();
        return known.map(People.Person::id).orElseGet(() -> {
            mistakes.add(QueryParser.at(
                    match.at(),
                    "unknown_person",
                    "`" + Door.shown(value)
                            + "` names nobody here, or several; write `me`, an e-mail address or an id."));
            return value;
        });
    }
}
