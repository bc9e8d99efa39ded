package dev.conduct.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.conduct.keys.Secrets;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The keys that sign access tokens, the same on every node and after every start. One signs; the next is published a
/// day before it does, and the one before stays published until its last token has ended.
@Component
class SigningKeys {

    static final Duration SIGNS = Duration.ofDays(30);
    private static final Duration PUBLISHED_BEFORE = Duration.ofDays(1);
    /// The life of a token, and some more for clocks that differ.
    private static final Duration OUTLIVES = RegisteredClients.TOKEN_LIFE.plus(Duration.ofMinutes(5));

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final String TABLE = "identity.signing_key";

    private final JdbcClient db;
    private final Secrets secrets;
    private final InstantSource time;
    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private volatile @Nullable Remembered remembered;

    SigningKeys(JdbcClient db, Secrets secrets, InstantSource time, Ledger ledger, TransactionTemplate transaction) {
        this.db = db;
        this.secrets = secrets;
        this.time = time;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    private record Key(RSAKey key, Instant signsFrom) {}

    /// @param keys by when they sign, the latest first
    private record Remembered(List<Key> keys, Instant at) {

        JWKSet all() {
            return new JWKSet(keys.stream().<JWK>map(Key::key).toList());
        }
    }

    /// Those whose signatures are good. Another node may have made one since this one looked.
    JWKSource<SecurityContext> published() {
        return (selector, context) -> {
            var found = selector.select(keys().all());
            return found.isEmpty() ? selector.select(read().all()) : found;
        };
    }

    /// The one that signs now; the first is made when it is first asked for, which a server that no program calls
    /// never is.
    JWKSource<SecurityContext> signing() {
        return (selector, context) -> selector.select(new JWKSet(current()));
    }

    private RSAKey current() {
        var now = time.instant();
        return signing(keys(), now)
                .or(() -> signing(read(), now))
                .orElseGet(() -> Objects.requireNonNull(transaction.execute(status -> first())));
    }

    private static java.util.Optional<RSAKey> signing(Remembered known, Instant now) {
        return known.keys().stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .map(Key::key)
                .findFirst();
    }

    private RSAKey first() {
        db.sql("lock table identity.signing_key in exclusive mode").update();
        var now = time.instant();
        return signing(read(), now).orElseGet(() -> make(now));
    }

    /// Makes the next key when it is time, and takes away the one before when its last token has ended.
    void rotate(Instant now) {
        transaction.executeWithoutResult(status -> {
            db.sql("lock table identity.signing_key in exclusive mode").update();
            var keys = read().keys();
            if (!keys.isEmpty()
                    && !keys.getFirst()
                            .signsFrom()
                            .plus(SIGNS)
                            .minus(PUBLISHED_BEFORE)
                            .isAfter(now)) {
                record("key.rotate", make(now.plus(PUBLISHED_BEFORE)).getKeyID());
            }
            for (var i = 1; i < keys.size(); i++) {
                if (keys.get(i - 1).signsFrom().plus(OUTLIVES).isBefore(now)) {
                    var old = keys.get(i).key().getKeyID();
                    db.sql("delete from identity.signing_key where id = :id")
                            .param("id", old)
                            .update();
                    record("key.retire", old);
                }
            }
            remembered = null;
        });
    }

    private RSAKey make(Instant signsFrom) {
        try {
            var id = UUID.randomUUID().toString();
            var key = new RSAKeyGenerator(2048).keyID(id).generate();
            db.sql("""
                    insert into identity.signing_key (id, private_key, created_at, signs_from)
                    values (:id, :key, :now, :signs)
                    """)
                    .param("id", id)
                    .param("key", secrets.seal(key.toJSONString(), TABLE, "private_key", id))
                    .param("now", Sql.time(time.instant()))
                    .param("signs", Sql.time(signsFrom))
                    .update();
            remembered = null;
            return key;
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Remembered keys() {
        var known = remembered;
        return known == null || !known.at().plus(REMEMBERED).isAfter(time.instant()) ? read() : known;
    }

    private record Sealed(String id, byte[] privateKey, Instant signsFrom) {}

    private Remembered read() {
        var keys = db
                .sql("select id, private_key, signs_from from identity.signing_key order by signs_from desc, id")
                .query((row, number) -> new Sealed(
                        row.getString("id"),
                        row.getBytes("private_key"),
                        Objects.requireNonNull(Sql.time(row, "signs_from"))))
                .list()
                .stream()
                .map(row -> new Key(opened(row), row.signsFrom()))
                .toList();
        var read = new Remembered(keys, time.instant());
        remembered = read;
        return read;
    }

    private RSAKey opened(Sealed sealed) {
        try {
            return RSAKey.parse(secrets.open(sealed.privateKey(), TABLE, "private_key", sealed.id()));
        } catch (ParseException failure) {
            throw new IllegalStateException("the signing key " + sealed.id() + " is damaged", failure);
        }
    }

    private void record(String action, String key) {
        ledger.append(new NewEvent(
                time.instant(),
                "system:identity",
                "scheduler",
                action,
                "system:signing_keys",
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("key", key),
                Map.of()));
    }
}
