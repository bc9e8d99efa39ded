package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Makes a request with an `Idempotency-Key` safe to repeat: the answer is kept in the transaction of the act, and
/// given again.
@Component
class Answers {

    private static final int LONGEST_KEY = 200;
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient database;
    private final JsonMapper json;
    private final InstantSource time;

    Answers(JdbcClient database, JsonMapper json, InstantSource time) {
        this.database = database;
        this.json = json;
        this.time = time;
    }

    /// @param path with the key in the path, so that a key belongs to one request
    record Request(@Nullable String key, String path, Object body, Actor actor) {}

    /// @param act one act of the door
    /// @param answer of what the act gives
    /// @throws Problem 409 when the key came with another request before
    <T, A> A once(Request request, Class<A> type, Supplier<T> act, Function<T, A> answer) {
        if (request.key() == null) {
            return answer.apply(act.get());
        }
        var hash = hash(request);
        var given = given(request, hash, type);
        if (given.isPresent()) {
            return given.get();
        }
        try {
            @SuppressWarnings("unchecked")
            var done = ScopedValue.where(Door.LAST, result -> keep(request, hash, answer.apply((T) result)))
                    .call(act::get);
            return answer.apply(done);
        } catch (DuplicateKeyException meanwhile) {
            return given(request, hash, type).orElseThrow(() -> meanwhile);
        }
    }

    private <A> Optional<A> given(Request request, String hash, Class<A> type) {
        FieldChecks.line(
                "Idempotency-Key", PlainText.checked("Idempotency-Key", key(request), LONGEST_KEY), LONGEST_KEY);
        return database.sql("select request_hash, body from work.answer where actor = :actor and key = :key")
                .param("actor", request.actor().id())
                .param("key", key(request))
                .query((row, number) -> {
                    if (!row.getString("request_hash").equals(hash)) {
                        throw Problem.conflict(
                                "idempotency_key_reused",
                                "This Idempotency-Key came with another request before. Use a new key for a new request.");
                    }
                    return json.readValue(row.getString("body"), type);
                })
                .optional();
    }

    private void keep(Request request, String hash, Object answer) {
        var now = time.instant();
        database.sql("""
                        with old as (
                            delete from work.answer
                             where (actor, key) in (select actor, key from work.answer where given_at < :old limit 20))
                        insert into work.answer (actor, key, request_hash, body, given_at)
                        values (:actor, :key, :hash, :body, :now)
                        """)
                .param("old", ItemRows.time(now.minus(KEPT)))
                .param("actor", request.actor().id())
                .param("key", key(request))
                .param("hash", hash)
                .param("body", json.writeValueAsString(answer))
                .param("now", ItemRows.time(now))
                .update();
    }

    private static String key(Request request) {
        return String.valueOf(request.key());
    }

    private String hash(Request request) {
        var text = request.path() + "\n" + json.writeValueAsString(request.body());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
