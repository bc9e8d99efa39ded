package dev.conduct.source;

import java.sql.Array;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is known of each mirror: when it was fetched and checked, and what came of it.
@Component
class MirrorRows {

    private final JdbcClient database;

    MirrorRows(JdbcClient database) {
        this.database = database;
    }

    /// @param heads whose history was read
    /// @param trouble why the last fetch failed, empty when it did not
    /// @param sound whether it could be restored when that was last tried, null before
    record Mirror(
            UUID repository,
            @Nullable Instant fetchedAt,
            String trouble,
            List<String> heads,
            long commits,
            @Nullable Instant checkedAt,
            @Nullable Boolean sound,
            long objects,
            String checkSays) {}

    /// Every connected repository that has an address to fetch from has a mirror.
    void begin(Instant now) {
        database.sql("""
                        insert into source.mirror (repository, next_at)
                        select id, :now from source.repository where active and url <> ''
                        on conflict do nothing
                        """).param("now", Row.at(now)).update();
    }

    /// Soon.
    void request(UUID repository, Instant now) {
        database.sql("update source.mirror set next_at = :now where repository = :repository and next_at > :now")
                .param("now", Row.at(now))
                .param("repository", repository)
                .update();
    }

    /// One that is to be fetched, and put off at once, so that no other server fetches it too.
    Optional<UUID> due(Instant now, Instant next) {
        return database.sql("""
                        update source.mirror set next_at = :next
                         where repository = (
                               select m.repository from source.mirror m
                                 join source.repository r on r.id = m.repository
                                where m.next_at <= :now and r.active
                                order by m.next_at limit 1
                                  for update of m skip locked)
                        returning repository
                        """)
                .param("next", Row.at(next))
                .param("now", Row.at(now))
                .query(UUID.class)
                .optional();
    }

    /// One that was fetched, and not checked since `before`.
    Optional<UUID> unchecked(Instant before) {
        return database.sql("""
                        select repository from source.mirror
                         where fetched_at is not null and (checked_at is null or checked_at < :before)
                         order by checked_at nulls first, repository limit 1
                        """)
                .param("before", Row.at(before))
                .query(UUID.class)
                .optional();
    }

    Optional<Mirror> find(UUID repository) {
        return database.sql("""
                        select repository, fetched_at, trouble, heads, commits, checked_at, sound, objects, check_says
                          from source.mirror where repository = :repository
                        """)
                .param("repository", repository)
                .query((row, number) -> new Mirror(
                        row.getObject("repository", UUID.class),
                        Row.instantOrNull(row, "fetched_at"),
                        row.getString("trouble"),
                        texts(row.getArray("heads")),
                        row.getLong("commits"),
                        Row.instantOrNull(row, "checked_at"),
                        row.getObject("sound", Boolean.class),
                        row.getLong("objects"),
                        row.getString("check_says")))
                .optional();
    }

    private static List<String> texts(Array array) throws java.sql.SQLException {
        return List.of((String[]) array.getArray());
    }

    void fetched(UUID repository, Collection<String> heads, Instant now) {
        database.sql("""
                        update source.mirror
                           set fetched_at = :now, trouble = '', heads = :heads,
                               commits = (select count(*) from source.commit c where c.repository = mirror.repository)
                         where repository = :repository
                        """)
                .param("now", Row.at(now))
                .param("heads", heads.toArray(String[]::new))
                .param("repository", repository)
                .update();
    }

    void failed(UUID repository, String says) {
        database.sql("update source.mirror set trouble = :says where repository = :repository")
                .param("says", says)
                .param("repository", repository)
                .update();
    }

    void checked(UUID repository, boolean sound, long objects, String says, Instant now) {
        database.sql("""
                        update source.mirror
                           set checked_at = :now, sound = :sound, objects = :objects, check_says = :says
                         where repository = :repository
                        """)
                .param("now", Row.at(now))
                .param("sound", sound)
                .param("objects", objects)
                .param("says", says)
                .param("repository", repository)
                .update();
    }

    record Count(long mirrors, long troubled, long unsound) {}

    Count count() {
        return database.sql("""
                        select count(*) as mirrors, count(*) filter (where trouble <> '') as troubled,
                               count(*) filter (where not sound) as unsound
                          from source.mirror
                        """)
                .query((row, number) ->
                        new Count(row.getLong("mirrors"), row.getLong("troubled"), row.getLong("unsound")))
                .single();
    }
}
