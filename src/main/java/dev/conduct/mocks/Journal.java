package dev.conduct.mocks;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What mocks were asked: the last 500 or so requests of each, without headers and bodies, which may hold secrets.
@Component
class Journal {

    private static final int KEPT = 500;
    private static final int OFTEN = 50;
    private static final int MOST_URL = 500;
    private static final int MOST_NEAREST = 1_000;

    private final JdbcClient database;
    private final InstantSource time;
    private final AtomicLong count = new AtomicLong();

    Journal(JdbcClient database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    /// @param stub which answered, empty when none matched
    /// @param nearest which came nearest, when none matched
    record Served(
            long id, int version, Instant at, String method, String url, int status, String stub, String nearest) {}

    void add(Mock mock, Asked asked, int status, String stub, String nearest) {
        database.sql("""
                        insert into mocks.request (mock, version, at, method, url, status, stub, nearest)
                        values (:mock, :version, :now, :method, :url, :status, :stub, :nearest)
                        """)
                .param("mock", mock.id())
                .param("version", mock.version())
                .param("now", MockRows.at(time.instant()))
                .param("method", asked.method())
                .param("url", cut(asked.url(), MOST_URL))
                .param("status", status)
                .param("stub", stub)
                .param("nearest", cut(nearest, MOST_NEAREST))
                .update();
        if (count.incrementAndGet() % OFTEN == 0) {
            database.sql("""
                            delete from mocks.request
                             where mock = :mock
                               and id < (select id from mocks.request where mock = :mock
                                          order by id desc offset :kept limit 1)
                            """).param("mock", mock.id()).param("kept", KEPT).update();
        }
    }

    private static String cut(String text, int most) {
        var kept = text.replace('\0', ' ');
        return kept.length() <= most ? kept : kept.substring(0, most) + "…";
    }

    /// The newest first.
    ///
    /// @throws Problem 400 for a cursor that this list did not give
    Page<Served> page(Mock mock, String cursor, int limit) {
        var found = database.sql("""
                        select id, version, at, method, url, status, stub, nearest from mocks.request
                         where mock = :mock and (:before::bigint is null or id < :before::bigint)
                         order by id desc limit :limit
                        """)
                .param("mock", mock.id())
                .param("before", before(cursor))
                .param("limit", limit + 1)
                .query((row, number) -> new Served(
                        row.getLong("id"),
                        row.getInt("version"),
                        MockRows.moment(row, "at"),
                        row.getString("method"),
                        row.getString("url"),
                        row.getInt("status"),
                        row.getString("stub"),
                        row.getString("nearest")))
                .list();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        List.copyOf(found.subList(0, limit)),
                        String.valueOf(found.get(limit - 1).id()));
    }

    private static @Nullable Long before(String cursor) {
        try {
            return cursor.isBlank() ? null : Long.valueOf(cursor);
        } catch (IllegalArgumentException notOne) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }
}
