package dev.conduct.work;

import dev.conduct.work.ItemQuery.Sort;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    <T> List<T> find(RowMapper<T> row) {
        if (expected() <= bounds.few()) {
            return gathered(row);
        }
        var near = walked(row);
        if (near.size() == most || shorterThanWalked()) {
            return near;
        }
        return sort == Sort.UPDATED ? byWeek(row) : gathered(row);
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
    private <T> List<T> walked(RowMapper<T> row) {
        return database.sql(ROW + " from (select i.* from work.item i" + sql.rest() + QuerySql.order(sort) + " limit "
                        + bounds.walked() + ") i, lateral (select from work.item_words w where w.item = i.key and "
                        + sql.words()
                        + " limit 1) hit" + QuerySql.order(sort) + " limit " + most)
                .params(sql.parameters())
                .query(row)
                .list();
    }

    private boolean shorterThanWalked() {
        return database.sql("select count(*) from (select from work.item i" + sql.rest() + " limit " + bounds.walked()
                                + ") i")
                        .params(sql.parameters())
                        .query(Integer.class)
                        .single()
                < bounds.walked();
    }

    private <T> List<T> byWeek(RowMapper<T> row) {
        var found = new ArrayList<T>();
        var newest = newestBefore("infinity");
        for (var looked = 0; newest.isPresent() && found.size() < most; looked++) {
            if (looked == bounds.weeks()) {
                return gathered(row);
            }
            var week = week(newest.get());
            found.addAll(within(week, row));
            newest = newestBefore(beginning(week).toString());
        }
        return found.subList(0, Math.min(most, found.size()));
    }

    /// @param moment of a row, or `infinity`
    private Optional<Instant> newestBefore(String moment) {
        return database.sql("select i.updated_at from work.item i" + sql.rest("i.updated_at < :before::timestamptz")
                        + QuerySql.order(sort) + " limit 1")
                .params(sql.parameters())
                .param("before", moment)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private <T> List<T> within(int week, RowMapper<T> row) {
        return database.sql("with hit as materialized (select w.item from work.item_words w where w.week = :week and "
                        + sql.words() + ") " + ROW + " from hit, lateral (select i.* from work.item i"
                        + sql.rest("i.key = hit.item") + " limit 1) i" + QuerySql.order(sort) + " limit " + most)
                .params(sql.parameters())
                .param("week", week)
                .query(row)
                .list();
    }

    /// Weeks since 1970, by which the index of words finds what changed in one.
    static int week(Instant updated) {
        return Math.toIntExact(Math.floorDiv(updated.getEpochSecond(), SECONDS));
    }

    private static Instant beginning(int week) {
        return Instant.ofEpochSecond(week * SECONDS);
    }
}
