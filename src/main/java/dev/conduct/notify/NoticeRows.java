package dev.conduct.notify;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.live.Live;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The inboxes, and how far the ledger was followed.
@Repository
class NoticeRows {

    private static final String COLUMNS = " id, person, kind, item, entry, at, read_at ";

    private final JdbcClient db;
    private final NamedParameterJdbcTemplate batches;

    NoticeRows(JdbcClient db, NamedParameterJdbcTemplate batches) {
        this.db = db;
        this.batches = batches;
    }

    /// @param mailAt when a letter may tell of it, null for none
    record New(
            UUID id,
            String person,
            Kind kind,
            String item,
            long entry,
            Instant at,
            @Nullable Instant mailAt) {}

    /// The first entry nobody was told of yet; empty while another node is at it.
    Optional<Long> position() {
        return db.sql("select next from notify.position for update skip locked")
                .query(Long.class)
                .optional();
    }

    void position(long next) {
        db.sql("update notify.position set next = :next").param("next", next).update();
    }

    /// Tells each once, and their open pages that there is something.
    void add(List<New> notices) {
        if (notices.isEmpty()) {
            return;
        }
        batches.batchUpdate(
                """
                insert into notify.notice (id, person, kind, item, entry, at, mail_at)
                values (:id, :person, :kind, :item, :entry, :at, :mail_at)
                on conflict (person, entry) do nothing
                """,
                notices.stream()
                        .map(one -> new MapSqlParameterSource("id", one.id())
                                .addValue("person", one.person())
                                .addValue("kind", one.kind().word())
                                .addValue("item", one.item())
                                .addValue("entry", one.entry())
                                .addValue("at", at(one.at()))
                                .addValue(
                                        "mail_at",
                                        one.mailAt() == null ? null : at(one.mailAt()),
                                        Types.TIMESTAMP_WITH_TIMEZONE))
                        .toArray(SqlParameterSource[]::new));
        announce(notices.stream().map(New::person).distinct().toList());
    }

    private void announce(Collection<String> people) {
        db.sql("select pg_notify(:channel, person) from unnest(:people::text[]) as person")
                .param("channel", Live.PEOPLE)
                .param("people", people.toArray(String[]::new))
                .query((row, number) -> number)
                .list();
    }

    Page<Notice> page(String person, boolean unread, @Nullable Integer limit, @Nullable String cursor) {
        var size = Page.limit(limit);
        var found = db.sql("select" + COLUMNS + """
                          from notify.notice
                         where person = :person and (not :unread or read_at is null)
                           and (:after::bigint is null or entry < :after::bigint)
                         order by entry desc
                         limit :limit
                        """)
                .param("person", person)
                .param("unread", unread)
                .param("after", cursor(cursor), Types.BIGINT)
                .param("limit", size + 1)
                .query(NoticeRows::notice)
                .list();
        var shown = found.subList(0, Math.min(size, found.size()));
        return new Page<>(
                List.copyOf(shown),
                found.size() > size ? Long.toString(shown.getLast().entry()) : null);
    }

    private static @Nullable Long cursor(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
        return Long.valueOf(cursor);
    }

    /// Counted to a hundred: nobody reads a greater number.
    int unread(String person) {
        return db.sql("""
                select count(*) from (select from notify.notice
                                       where person = :person and read_at is null limit 100) as found
                """).param("person", person).query(Integer.class).single();
    }

    /// @param item null for all
    void read(String person, @Nullable String item, Instant now) {
        var read = db.sql("""
                update notify.notice set read_at = :now
                 where person = :person and read_at is null and (:item::text is null or item = :item)
                """)
                .param("now", at(now))
                .param("person", person)
                .param("item", item)
                .update();
        if (read > 0) {
            announce(List.of(person));
        }
    }

    /// Somebody with letters due, whom no other node is writing to.
    Optional<String> nextToWrite(Instant now) {
        return db.sql("""
                select person from notify.notice where mail_at <= :now
                 order by mail_at limit 1 for update skip locked
                """).param("now", at(now)).query(String.class).optional();
    }

    List<Notice> toWrite(String person, Instant now) {
        return db.sql("select" + COLUMNS + """
                          from notify.notice where person = :person and mail_at <= :now
                         order by entry limit 500 for update
                        """)
                .param("person", person)
                .param("now", at(now))
                .query(NoticeRows::notice)
                .list();
    }

    /// How many letters somebody was written since then, and when the last one was.
    Recent letters(String person, Instant since) {
        return db.sql("""
                select count(distinct letter) as many, max(mailed_at) as last
                  from notify.notice where person = :person and mailed_at > :since and letter is not null
                """)
                .param("person", person)
                .param("since", at(since))
                .query((row, number) -> new Recent(row.getInt("many"), instant(row, "last")))
                .single();
    }

    record Recent(int many, @Nullable Instant last) {}

    void postpone(Collection<UUID> notices, Instant until) {
        db.sql("update notify.notice set mail_at = :until where id = any(:ids)")
                .param("until", at(until))
                .param("ids", notices.toArray(UUID[]::new))
                .update();
    }

    /// @param letter null when none was written: seen already, no longer theirs to see, or no address
    void written(Collection<UUID> notices, @Nullable UUID letter, Instant now) {
        db.sql("""
                update notify.notice set mail_at = null, mailed_at = :now, letter = :letter where id = any(:ids)
                """)
                .param("now", at(now))
                .param("letter", letter, Types.OTHER)
                .param("ids", notices.toArray(UUID[]::new))
                .update();
    }

    void drop(Collection<UUID> notices) {
        db.sql("delete from notify.notice where id = any(:ids)")
                .param("ids", notices.toArray(UUID[]::new))
                .update();
    }

    Optional<Instant> nextLetter() {
        return db.sql("select min(mail_at) as at from notify.notice where mail_at is not null")
                .query((row, number) -> Optional.ofNullable(instant(row, "at")))
                .single();
    }

    void forget(Instant before) {
        db.sql("delete from notify.notice where at < :before")
                .param("before", at(before))
                .update();
        db.sql("delete from notify.ending where made_at < :before")
                .param("before", at(before))
                .update();
    }

    private static Notice notice(ResultSet row, int number) throws SQLException {
        return new Notice(
                row.getObject("id", UUID.class),
                row.getString("person"),
                Kind.of(row.getString("kind")).orElseThrow(),
                row.getString("item"),
                row.getLong("entry"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                instant(row, "read_at"));
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
