package dev.conduct.work;

import dev.conduct.work.ItemQuery.Sort;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// A page of what holds some words, at a price that is bounded whatever the words are and wherever they stand. Rare
/// words are gathered from the index of words and sorted. Common ones are met by going through the list in its own
/// order; when the newest do not hold them, by the index again, one week of changes after the other.
final class WordSearch {

    /// @param few matches that are sorted sooner than a list is gone through
    /// @param walked how much of a list is gone through
    /// @param weeks after so many that hold next to nothing, all matches are gathered
    record Bounds(long few, int walked, int weeks) {

        static final Bounds USUAL = new Bounds(3_000, 1_000, 8);

        /// As far as a list is gone through to see whether its beginning holds the words at all.
        int first() {
            return (walked + 3) / 4;
        }
    }

    private static final long SECONDS = Duration.ofDays(7).toSeconds();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROW = "select " + ItemRows.COLUMNS + ", i.urgency";

    private final JdbcClient database;
    private final QuerySql sql;
    private final Sort sort;
    private final int most;
    private final Bounds bounds;

    /// @param sql with words
    WordSearch(JdbcClient database, QuerySql sql, Sort sort, int most, Bounds bounds) {
        this.database = database;
        this.sql = sql;
        this.sort = sort;
        this.most = most;
        this.bounds = bounds;
    }

    /// Where in the order of last changes a search stands: what comes after it was not looked at.
    ///
    /// @param moment of a record, or `infinity`
    private record Place(String moment, String key) {

        static final Place TOP = new Place("infinity", "");

        static Place before(int week) {
            return new Place(beginning(week).toString(), "");
        }
    }

    /// What a stretch of the list holds.
    ///
    /// @param last the place it ends at, null when nothing follows
    private record Stretch<T>(List<T> found, @Nullable Place last) {}

    <T> List<T> find(RowMapper<T> row) {
        if (expected() <= bounds.few()) {
            return gathered(row);
        }
        var near = walked(Place.TOP, most, bounds.first(), row);
        if (near.last() != null && near.found().size() < most && !(near.found().isEmpty() && sort == Sort.UPDATED)) {
            near = walked(Place.TOP, most, bounds.walked(), row);
        }
        if (near.last() == null || near.found().size() == most) {
            return near.found();
        }
        return sort == Sort.UPDATED ? byWeek(near, row) : gathered(row);
    }

    /// What PostgreSQL's statistics say of the words; nothing is read.
    private long expected() {
        var plan = database.sql("explain (format json) select from work.item_words w where " + sql.words())
                .params(sql.parameters())
                .query(String.class)
                .single();
        return JSON.readTree(plan).get(0).get("Plan").get("Plan Rows").asLong();
    }

    private <T> List<T> gathered(RowMapper<T> row) {
        return database.sql("with hit as materialized (select w.item from work.item_words w where " + sql.words() + ") "
                        + ROW + " from hit join work.item i on i.key = hit.item" + sql.rest() + QuerySql.order(sort)
                        + " limit " + most)
                .params(sql.parameters())
                .query(row)
                .list();
    }

    /// The words are looked for behind the limit, so that no more is read than until the page is full.
    ///
    /// @param wanted rows at most
    private <T> Stretch<T> walked(Place from, int wanted, int limit, RowMapper<T> row) {
        var found = new ArrayList<T>();
        var last = new AtomicReference<@Nullable Place>();
        database.sql("with near as materialized (select i.* from work.item i" + after(from) + QuerySql.order(sort)
                        + " limit " + limit + ") select ended.moment as last_moment, ended.key as last_key, i.*"
                        + " from (select count(*) as many from near) as gone"
                        + " left join lateral (select n.updated_at::text as moment, n.key from near n"
                        + " where gone.many = " + limit + " order by n.updated_at, n.key limit 1) ended on true"
                        + " left join lateral (" + ROW + " from near i, lateral (select from work.item_words w"
                        + " where w.item = i.key and " + sql.words() + " limit 1) hit" + QuerySql.order(sort)
                        + " limit "
                        + wanted + ") i on true" + QuerySql.order(sort))
                .params(sql.parameters())
                .param("moment", from.moment())
                .param("place", from.key())
                .query(result -> {
                    var moment = result.getString("last_moment");
                    last.set(moment == null ? null : new Place(moment, result.getString("last_key")));
                    if (result.getString("key") != null) {
                        found.add(Objects.requireNonNull(row.mapRow(result, found.size())));
                    }
                });
        return new Stretch<>(found, last.get());
    }

    /// Goes on where the list was left, past the weeks that do not hold the words.
    private <T> List<T> byWeek(Stretch<T> near, RowMapper<T> row) {
        var found = new ArrayList<>(near.found());
        var place = Objects.requireNonNull(near.last());
        for (var looked = 0; looked < bounds.weeks(); looked++) {
            var newest = newest(place);
            if (newest.isEmpty()) {
                return found;
            }
            var week = week(newest.get());
            if (holds(week, place)) {
                var limit = Math.max(most, found.isEmpty() ? bounds.first() : bounds.walked());
                var stretch = walked(place, most - found.size(), limit, row);
                found.addAll(stretch.found());
                if (stretch.last() == null || found.size() == most) {
                    return found;
                }
                place = stretch.last();
            } else {
                place = Place.before(week);
            }
        }
        return gathered(row);
    }

    private String after(Place place) {
        return place.equals(Place.TOP)
                ? sql.rest()
                : sql.rest("(i.updated_at, i.key) < (:moment::timestamptz, :place)");
    }

    private Optional<Instant> newest(Place from) {
        return database.sql("select i.updated_at from work.item i" + after(from) + QuerySql.order(sort) + " limit 1")
                .params(sql.parameters())
                .param("moment", from.moment())
                .param("place", from.key())
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private boolean holds(int week, Place from) {
        return database.sql("with hit as materialized (select w.item from work.item_words w where w.week = :week and "
                        + sql.words() + ") select exists (select from hit, lateral (select from work.item i"
                        + after(from) + " and i.key = hit.item limit 1) i)")
                .params(sql.parameters())
                .param("week", week)
                .param("moment", from.moment())
                .param("place", from.key())
                .query(Boolean.class)
                .single();
    }

    /// Weeks since 1970, by which the index of words finds what changed in one.
    static int week(Instant updated) {
        return Math.toIntExact(Math.floorDiv(updated.getEpochSecond(), SECONDS));
    }

    private static Instant beginning(int week) {
        return Instant.ofEpochSecond(week * SECONDS);
    }
}
