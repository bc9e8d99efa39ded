package dev.conduct.work;

import dev.conduct.work.ItemQuery.Bound;
import dev.conduct.work.ItemQuery.Day;
import dev.conduct.work.ItemQuery.Match;
import dev.conduct.work.ItemQuery.Moment;
import dev.conduct.work.ItemQuery.Named;
import dev.conduct.work.ItemQuery.Overdue;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.ItemQuery.Span;
import dev.conduct.work.ItemQuery.Standing;
import dev.conduct.work.ItemQuery.Subject;
import dev.conduct.work.ItemQuery.When;
import dev.conduct.work.ItemQuery.Words;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A query as SQL: what users wrote goes in as parameters, never as text.
final class QuerySql {

    private static final String WORDS = "(w.head || w.said)";
    /// As the index has it: what is never due comes last, and a search for what is overdue ends where time does.
    private static final String DUE = "coalesce(i.due_at, 'infinity')";

    private final Instant now;
    /// Customers find by what they read: comments hold words that are not for them.
    private final String words;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final List<String> searches = new ArrayList<>();

    private QuerySql(Instant now, String words) {
        this.now = now;
        this.words = words;
    }

    static QuerySql of(ItemQuery query, Sight sight, Instant now) {
        var sql = new QuerySql(now, sight.inside() ? WORDS : "w.head");
        if (sight.reach() != Sight.Reach.SYSTEM) {
            sql.conditions.add(sight.of("i"));
            sql.parameters.putAll(sight.parameters());
        }
        query.terms().forEach(sql::add);
        return sql;
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String from() {
        return searches.isEmpty() ? " from work.item i" : " from work.item i join work.item_words w on w.item = i.key";
    }

    String where() {
        return searches.isEmpty() ? rest() : rest(words());
    }

    boolean searches() {
        return !searches.isEmpty();
    }

    /// What it asks of the words, which are `w`.
    String words() {
        return words + " @@ (" + String.join(" && ", searches) + ")";
    }

    /// Everything else, and more.
    String rest(String... more) {
        var all = new ArrayList<>(conditions);
        all.addAll(List.of(more));
        return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }

    static String order(Sort sort) {
        return switch (sort) {
            case UPDATED -> " order by i.updated_at desc, i.key desc";
            case CREATED -> " order by i.created_at desc, i.key desc";
            case DUE -> " order by " + DUE + ", i.key";
            case PRIORITY -> " order by i.urgency, i.key";
            case LONGEST_UNTOUCHED -> " order by i.updated_at, i.key";
            case OLDEST -> " order by i.created_at, i.key";
            case LAST_DUE -> " order by " + DUE + " desc, i.key desc";
            case LEAST_URGENT -> " order by i.urgency desc, i.key desc";
        };
    }

    /// Only what follows the last row of the page before.
    void after(Sort sort, Cursor cursor) {
        var value = parameter(cursor.value());
        var key = parameter(cursor.key());
        conditions.add(
                switch (sort) {
                    case UPDATED -> "(i.updated_at, i.key) < (" + value + "::timestamptz, " + key + ")";
                    case CREATED -> "(i.created_at, i.key) < (" + value + "::timestamptz, " + key + ")";
                    case DUE -> "(" + DUE + ", i.key) > (" + value + "::timestamptz, " + key + ")";
                    case PRIORITY -> "(i.urgency, i.key) > (" + value + "::smallint, " + key + ")";
                    case LONGEST_UNTOUCHED -> "(i.updated_at, i.key) > (" + value + "::timestamptz, " + key + ")";
                    case OLDEST -> "(i.created_at, i.key) > (" + value + "::timestamptz, " + key + ")";
                    case LAST_DUE -> "(" + DUE + ", i.key) < (" + value + "::timestamptz, " + key + ")";
                    case LEAST_URGENT -> "(i.urgency, i.key) < (" + value + "::smallint, " + key + ")";
                });
    }

    private void add(ItemQuery.Term term) {
        switch (term) {
            case Standing standing -> conditions.add(standing.open() == standing.not() ? "not i.open" : "i.open");
            case Match match -> conditions.add(match(match));
            case Overdue overdue -> conditions.add(not(overdue.not(), DUE + " < " + time(now)));
            case When when -> conditions.add(not(when.not(), when(when)));
            case Named named ->
                conditions.add(not(
                        named.not(),
                        "i.key in (select k.item from work.kept_code k where k.open and k.code in ("
                                + parameter(named.codes()) + "))"));
            case Words words -> search(words);
        }
    }

    private String match(Match match) {
        var column = "i." + match.subject().name().toLowerCase(Locale.ROOT);
        var values =
                match.values().stream().filter(value -> !value.equals("none")).toList();
        var absent = match.values().contains("none") && optional(match.subject());
        var among = values.isEmpty()
                ? null
                : values.size() == 1
                        ? column + " = " + parameter(values.getFirst())
                        : column + " = any(" + parameter(values.toArray(String[]::new)) + ")";
        var nothing = column + " is null";
        if (!match.not()) {
            return among == null ? nothing : absent ? "(" + among + " or " + nothing + ")" : among;
        }
        if (among == null) {
            return column + " is not null";
        }
        return absent || !optional(match.subject()) ? "not " + among : "(" + nothing + " or not " + among + ")";
    }

    private static boolean optional(Subject subject) {
        return switch (subject) {
            case SEVERITY, PRIORITY, COMPONENT, ASSIGNEE -> true;
            case TYPE, PRODUCT, STATE, REPORTER -> false;
        };
    }

    /// A span of the past is an age: less means younger. A span to a deadline is what is left.
    private String when(When when) {
        var ahead = when.moment() == Moment.DUE;
        var column = ahead ? DUE : "i." + when.moment().name().toLowerCase(Locale.ROOT) + "_at";
        var earlier = when.bound() instanceof Span && !ahead ? !when.less() : when.less();
        var compared = column + (earlier ? " < " : " >= ") + time(instant(when.bound(), ahead, earlier));
        return ahead && !earlier ? "(i.due_at is not null and " + compared + ")" : compared;
    }

    private Instant instant(Bound bound, boolean ahead, boolean earlier) {
        return switch (bound) {
            case Day day ->
                (earlier ? day.date() : day.date().plusDays(1))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            case Span span -> ahead ? now.plus(span.duration()) : now.minus(span.duration());
        };
    }

    private void search(Words words) {
        var text = parameter(words.text());
        var query = words.phrase()
                ? "phraseto_tsquery('pg_catalog.english', " + text + ")"
                : "plainto_tsquery('pg_catalog.english', " + text + ")";
        searches.add(words.not() ? "!!" + query : query);
    }

    private static String not(boolean not, String condition) {
        return not ? "not " + condition : condition;
    }

    private String time(Instant instant) {
        return parameter(java.util.Objects.requireNonNull(ItemRows.time(instant)));
    }

    private String parameter(Object value) {
        var name = "p" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }
}
