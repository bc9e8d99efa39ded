package dev.conduct.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.function.SingletonSupplier;

/// The key that signs access tokens, the same on every node and after every start.
@Component
class SigningKeys {

    private static final String TABLE = "identity.signing_key";

    private final JdbcClient db;
    private final Secrets secrets;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    SigningKeys(JdbcClient db, Secrets secrets, InstantSource time, TransactionTemplate transaction) {
        this.db = db;
        this.secrets = secrets;
        this.time = time;
        this.transaction = transaction;
    }

    /// Made when first asked for, which a server that no program calls never is.
    JWKSource<SecurityContext> source() {
        var keys = SingletonSupplier.of(() -> new JWKSet(key()));
        return (selector, context) -> selector.select(keys.obtain());
    }

    private RSAKey key() {
        return newest().orElseGet(() -> transaction.execute(status -> newestOrMade()));
    }

    private RSAKey newestOrMade() {
        db.sql("lock table identity.signing_key in exclusive mode").update();
        return newest().orElseGet(this::made);
    }

    private RSAKey made() {
        try {
            var id = UUID.randomUUID().toString();
            var key = new RSAKeyGenerator(2048).keyID(id).generate();
            db.sql("insert into identity.signing_key (id, private_key, created_at) values (:id, :key, :now)")
                    .param("id", id)
                    .param("key", secrets.seal(key.toJSONString(), TABLE, "private_key", id))
                    .param("now", Sql.time(time.instant()))
                    .update();
            return key;
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private record Sealed(String id, byte[] privateKey) {}

    private Optional<RSAKey> newest() {
        return db.sql("select id, private_key from identity.signing_key order by created_at desc limit 1")
                .query(Sealed.class)
                .optional()
                .map(this::opened);
    }

    private RSAKey opened(Sealed sealed) {
        try {
            return RSAKey.parse(secrets.open(sealed.privateKey(), TABLE, "private_key", sealed.id()));
        } catch (ParseException failure) {
            throw new IllegalStateException("the signing key " + sealed.id() + " is damaged", failure);
        }
    }
}
