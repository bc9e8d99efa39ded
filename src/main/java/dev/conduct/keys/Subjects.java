package dev.conduct.keys;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.conduct.keys.KnownKeys.Key;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A key for each subject: a person, or the company. What belongs to a subject is encrypted under its key, and
/// destroying the key erases it wherever it lies, in every copy that has not the key. Keys are kept in memory once
/// they were asked for, so that reading costs no query.
@Component
public class Subjects {

    /// Whose the texts are that belong to the work and not to who typed them.
    public static final String COMPANY = "company";

    /// Whose the passwords and keys are that people keep in records.
    public static final String SECRETS = "secrets";

    /// Read at once, people first, so that a cold server does not ask for them one by one.
    private static final int READ_AHEAD = 5_000;
    /// What one page asks for was often made by one act: neighbours are read with the one that is asked for.
    private static final int BESIDE = 50;
    private static final int BYTES = 32;

    private final JdbcClient db;
    private final Secrets secrets;
    private final String installation;
    private final InstantSource time;
    private final TransactionTemplate alone;
    private final ApplicationEventPublisher events;
    private final KnownKeys known = new KnownKeys();
    private volatile long erasedSeen;

    Subjects(
            JdbcClient db,
            Secrets secrets,
            Keysets keysets,
            InstantSource time,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.db = db;
        this.secrets = secrets;
        this.installation = keysets.installation();
        this.time = time;
        this.events = events;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// @param key under which subject's key it was closed
    public record Closed(long key, byte[] sealed) {}

    /// Closes a value under a subject's key, which is made when it is the first. It opens only at the same place.
    ///
    /// @param subject for example `person:UUID`
    /// @throws IllegalStateException when the subject was erased: nothing of it may be written any more
    public Closed close(String subject, String value, String place) {
        var key = named(subject);
        if (key.aead() == null) {
            throw new IllegalStateException("the subject was erased; nothing more can be written of it");
        }
        try {
            var sealed = key.aead().encrypt(value.getBytes(StandardCharsets.UTF_8), associated(place));
            return new Closed(key.id(), sealed);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot encrypt " + place, failure);
        }
    }

    /// Empty when the subject was erased.
    ///
    /// @throws IllegalStateException when it was changed, or closed for another place
    public Optional<String> open(long key, byte[] sealed, String place) {
        var found = numbered(key);
        if (found == null || found.aead() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new String(found.aead().decrypt(sealed, associated(place)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot decrypt " + place + ": it was changed or moved", failure);
        }
    }

    /// Whether anything may be written of a subject: it was not erased.
    public boolean present(String subject) {
        return named(subject).aead() != null;
    }

    public boolean erased(String subject) {
        return db.sql("select exists (select from keys.subject where name = :name and erased_at is not null)")
                .param("name", subject)
                .query(Boolean.class)
                .single();
    }

    /// Destroys a subject's key, in the caller's transaction. Nobody can make it again.
    ///
    /// @return the number of the key, by which what it closed is found
    public long destroy(String subject) {
        var id = db.sql("""
                insert into keys.subject (name, made_at, erased_at) values (:name, :now, :now)
                on conflict (name) do update set wrapped = null, erased_at = coalesce(subject.erased_at, excluded.erased_at)
                returning id
                """)
                .param("name", subject)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        drop(id, subject);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                drop(id, subject);
                if (status == STATUS_COMMITTED) {
                    known.keep(new Key(id, subject, null));
                }
            }
        });
        return id;
    }

    /// Lets go of keys in memory that any node destroyed since the last look. The others stay: every page asks
    /// for some.
    void refresh() {
        var erased = db.sql("select count(*) from keys.subject where erased_at is not null")
                .query(Long.class)
                .single();
        if (erased != erasedSeen) {
            db.sql("select id, name from keys.subject where erased_at is not null")
                    .query((row, number) -> known.keep(new Key(row.getLong("id"), row.getString("name"), null)))
                    .list();
            events.publishEvent(new KeysForgotten());
            // Last: a look that failed is made again.
            erasedSeen = erased;
        }
    }

    /// Reads keys before the first page asks for them.
    void warm() {
        if (known.isEmpty()) {
            numbered(0);
        }
    }

    /// Reads those of these keys that are not in memory, some thousand with a query, before they are asked for
    /// one by one.
    public void ahead(Collection<Long> keys) {
        var missing = keys.stream().filter(key -> known.of(key) == null).toArray(Long[]::new);
        for (var from = 0; from < missing.length; from += READ_AHEAD) {
            db.sql("select id, name, wrapped from keys.subject where id = any (:ids)")
                    .param("ids", Arrays.copyOfRange(missing, from, Math.min(missing.length, from + READ_AHEAD)))
                    .query((row, number) -> key(row.getLong("id"), row.getString("name"), row.getBytes("wrapped")))
                    .list()
                    .forEach(known::keep);
        }
    }

    private void drop(long id, String subject) {
        known.drop(id, subject);
        events.publishEvent(new KeysForgotten());
    }

    /// Lets go of the keys in memory.
    void forget() {
        known.forget();
    }

    private Key named(String subject) {
        var found = known.of(subject);
        if (found != null) {
            return found;
        }
        var read = read(subject);
        return read != null ? read : made(subject);
    }

    private @Nullable Key numbered(long id) {
        var found = known.of(id);
        if (found != null) {
            return found;
        }
        var rows = db.sql("""
                select id, name, wrapped from keys.subject where id between :id - :beside and :id + :beside
                union all
                (select id, name, wrapped from keys.subject
                  where :cold order by name like 'person:%' desc, id desc limit :most)
                """)
                .param("id", id)
                .param("beside", BESIDE)
                .param("cold", known.isEmpty())
                .param("most", READ_AHEAD)
                .query((row, number) -> key(row.getLong("id"), row.getString("name"), row.getBytes("wrapped")))
                .list();
        rows.forEach(known::keep);
        return known.of(id);
    }

    private @Nullable Key read(String subject) {
        return db.sql("select id, name, wrapped from keys.subject where name = :name")
                .param("name", subject)
                .query((row, number) -> key(row.getLong("id"), row.getString("name"), row.getBytes("wrapped")))
                .optional()
                .map(known::keep)
                .orElse(null);
    }

    /// In a transaction of its own: what the caller's rolls back must not take away a key that is in memory.
    private Key made(String subject) {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var wrapped = secrets.seal(Purpose.SUBJECTS, bytes, "keys.subject", "wrapped", subject);
        alone.executeWithoutResult(transaction -> db.sql("""
                insert into keys.subject (name, wrapped, made_at) values (:name, :wrapped, :now) on conflict do nothing
                """)
                .param("name", subject)
                .param("wrapped", wrapped)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update());
        return alone.execute(transaction -> java.util.Objects.requireNonNull(read(subject)));
    }

    private Key key(long id, String name, byte @Nullable [] wrapped) {
        try {
            var bytes =
                    wrapped == null ? null : secrets.open(Purpose.SUBJECTS, wrapped, "keys.subject", "wrapped", name);
            return new Key(id, name, bytes == null ? null : new AesGcmJce(bytes));
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException(never);
        }
    }

    private byte[] associated(String place) {
        return (installation + "|" + place).getBytes(StandardCharsets.UTF_8);
    }
}
