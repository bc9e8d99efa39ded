package dev.conduct.repeats;

import dev.conduct.kernel.Problem;
import dev.conduct.keys.Secrets;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// The answers that were given in the last day, by who asked and their key.
@Component
class KeptAnswers {

    static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient database;
    private final Secrets secrets;
    private final InstantSource time;

    KeptAnswers(JdbcClient database, Secrets secrets, InstantSource time) {
        this.database = database;
        this.secrets = secrets;
        this.time = time;
    }

    /// @param hash of the whole request
    record Asked(String actor, String key, String hash) {}

    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String location,
            @Nullable String etag,
            String body) {

        static Answer of(ContentCachingResponseWrapper answering) {
            return new Answer(
                    answering.getStatus(),
                    answering.getContentType(),
                    answering.getHeader(HttpHeaders.LOCATION),
                    answering.getHeader(HttpHeaders.ETAG),
                    new String(answering.getContentAsByteArray(), StandardCharsets.UTF_8));
        }

        void write(HttpServletResponse response) throws IOException {
            response.setStatus(status);
            if (contentType != null) {
                response.setContentType(contentType);
            }
            if (location != null) {
                response.setHeader(HttpHeaders.LOCATION, location);
            }
            if (etag != null) {
                response.setHeader(HttpHeaders.ETAG, etag);
            }
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Takes the key for this request, or gives what it was answered before. Waits while another request with the key
    /// is under way.
    ///
    /// @return null when it is the first
    /// @throws Problem 409 when the key came with another request, or the first is under way for long
    @Nullable
    Answer given(Asked asked) {
        database.sql("set local idle_in_transaction_session_timeout = 0").update();
        if (taken(asked)) {
            return null;
        }
        return database.sql("""
                        select request_hash, status, content_type, location, etag, body
                          from repeats.answer
                         where actor = :actor and key = :key
                        """)
                .param("actor", asked.actor())
                .param("key", asked.key())
                .query((row, number) -> {
                    if (!row.getString("request_hash").equals(asked.hash())) {
                        throw Problem.conflict(
                                "idempotency_key_reused",
                                "This Idempotency-Key came with another request before. Use a new key for a new request.");
                    }
                    return new Answer(
                            row.getInt("status"),
                            row.getString("content_type"),
                            row.getString("location"),
                            row.getString("etag"),
                            secrets.open(row.getBytes("body"), "repeats.answer", "body", place(asked)));
                })
                .optional()
                .orElseThrow(KeptAnswers::underWay);
    }

    private boolean taken(Asked asked) {
        var now = time.instant();
        try {
            return database.sql("""
                            with old as (
                                delete from repeats.answer
                                 where (actor, key) in (select actor, key
                                                          from repeats.answer
                                                         where given_at < :old and (actor, key) <> (:actor, :key)
                                                         limit 20
                                                           for update skip locked))
                            insert into repeats.answer (actor, key, request_hash, given_at)
                            values (:actor, :key, :hash, :now)
                            on conflict (actor, key) do update
                               set request_hash = excluded.request_hash, given_at = excluded.given_at
                             where answer.given_at < :old
                            """)
                            .param("old", Timestamp.from(now.minus(KEPT)))
                            .param("actor", asked.actor())
                            .param("key", asked.key())
                            .param("hash", asked.hash())
                            .param("now", Timestamp.from(now))
                            .update()
                    == 1;
        } catch (QueryTimeoutException waited) {
            throw underWay();
        }
    }

    private static Problem underWay() {
        return Problem.conflict(
                "idempotency_key_in_use",
                "The first request with this Idempotency-Key is still under way. Send it again in a moment.");
    }

    void keep(Asked asked, Answer answer) {
        database.sql("""
                        update repeats.answer
                           set status = :status, content_type = :contentType, location = :location, etag = :etag,
                               body = :body
                         where actor = :actor and key = :key
                        """)
                .param("status", answer.status())
                .param("contentType", answer.contentType())
                .param("location", answer.location())
                .param("etag", answer.etag())
                .param("body", secrets.seal(answer.body(), "repeats.answer", "body", place(asked)))
                .param("actor", asked.actor())
                .param("key", asked.key())
                .update();
    }

    private static String place(Asked asked) {
        return asked.actor() + " " + asked.key();
    }
}
