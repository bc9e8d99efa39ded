package dev.conduct.keys;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The keysets, as they stand in the database: one for each purpose, wrapped by the root key. The server does not
/// start when one of them does not open.
@Component
class Keysets {

    private final JdbcClient db;
    private final RootKey root;
    private final InstantSource time;
    private final TransactionTemplate alone;
    private final String installation;
    private final Map<Purpose, Held> held = new ConcurrentHashMap<>();

    Keysets(JdbcClient db, RootKey root, DataFolder data, InstantSource time, PlatformTransactionManager transactions)
            throws GeneralSecurityException, IOException {
        AeadConfig.register();
        MacConfig.register();
        this.db = db;
        this.root = root;
        this.time = time;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.installation =
                db.sql("select id from keys.installation").query(String.class).single();
        requireOpened();
        for (var purpose : Purpose.values()) {
            if (read(purpose).isEmpty()) {
                make(purpose, first(purpose, data));
            }
        }
    }

    /// @param version grows with every change, by any node
    record Held(KeysetHandle keyset, long version) {

        long primary() {
            return unsigned(keyset.getPrimary().getId());
        }

        List<Long> ids() {
            var ids = new ArrayList<Long>();
            for (var i = 0; i < keyset.size(); i++) {
                ids.add(unsigned(keyset.getAt(i).getId()));
            }
            return ids;
        }
    }

    private static long unsigned(int id) {
        return Integer.toUnsignedLong(id);
    }

    String installation() {
        return installation;
    }

    RootKey root() {
        return root;
    }

    Held of(Purpose purpose) {
        var known = held.get(purpose);
        return known == null ? reread(purpose) : known;
    }

    /// As the database has it now: another node may have changed it.
    Held reread(Purpose purpose) {
        var read = stored(purpose);
        held.put(purpose, read);
        return read;
    }

    private Held stored(Purpose purpose) {
        return read(purpose).orElseThrow(() -> new IllegalStateException("no keyset for " + purpose.word()));
    }

    /// Takes over what other nodes changed.
    void refresh() {
        var versions = new EnumMap<Purpose, Long>(Purpose.class);
        db.sql("select purpose, version from keys.keyset").query(row -> {
            versions.put(Purpose.of(row.getString("purpose")), row.getLong("version"));
        });
        versions.forEach((purpose, version) -> {
            var known = held.get(purpose);
            if (known == null || known.version() != version) {
                reread(purpose);
            }
        });
    }

    /// A new key, under which everything is written from the commit on; the ones before still open what they closed.
    /// In the caller's transaction.
    Held add(Purpose purpose) throws GeneralSecurityException {
        var before = locked(purpose);
        var made = KeysetHandle.generateEntryFromParameters(parameters(purpose))
                .withRandomId()
                .makePrimary();
        return write(
                purpose, KeysetHandle.newBuilder(before.keyset()).addEntry(made).build(), before.version() + 1);
    }

    /// Takes a key away for good. The caller knows that nothing is left under it.
    void remove(Purpose purpose, long id) throws GeneralSecurityException {
        var before = locked(purpose);
        var after = KeysetHandle.newBuilder();
        for (var i = 0; i < before.keyset().size(); i++) {
            var entry = before.keyset().getAt(i);
            if (unsigned(entry.getId()) != id) {
                var kept = KeysetHandle.importKey(entry.getKey()).withFixedId(entry.getId());
                after.addEntry(entry.isPrimary() ? kept.makePrimary() : kept);
            }
        }
        write(purpose, after.build(), before.version() + 1);
        db.sql("update keys.key set destroyed_at = :now where purpose = :purpose and id = :id")
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("purpose", purpose.word())
                .param("id", id)
                .update();
    }

    /// Wraps every keyset by another root key, in the caller's transaction.
    void rewrap(RootKey other) throws GeneralSecurityException {
        for (var purpose : Purpose.values()) {
            var before = locked(purpose);
            db.sql("update keys.keyset set wrapped = :wrapped, root = :root where purpose = :purpose")
                    .param("wrapped", wrapped(before.keyset(), other, purpose))
                    .param("root", written(other))
                    .param("purpose", purpose.word())
                    .update();
        }
    }

    private Held locked(Purpose purpose) {
        var by = db.sql("select root from keys.keyset where purpose = :purpose for update")
                .param("purpose", purpose.word())
                .query(String.class)
                .single();
        if (!by.equals(written(root))) {
            throw Problem.unavailable(
                    "root_moved", "The root key was put elsewhere. Restart this server with it before keys change.");
        }
        return stored(purpose);
    }

    private Held write(Purpose purpose, KeysetHandle keyset, long version) throws GeneralSecurityException {
        db.sql("""
                update keys.keyset set wrapped = :wrapped, version = :version, changed_at = :now where purpose = :purpose
                """)
                .param("wrapped", wrapped(keyset, root, purpose))
                .param("version", version)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("purpose", purpose.word())
                .update();
        var written = new Held(keyset, version);
        note(purpose, written);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                held.put(purpose, written);
            }
        });
        return written;
    }

    private void note(Purpose purpose, Held written) {
        db.sql("""
                insert into keys.key (purpose, id, made_at) values (:purpose, :id, :now) on conflict do nothing
                """)
                .param("purpose", purpose.word())
                .param("id", written.primary())
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Optional<Held> read(Purpose purpose) {
        return db.sql("select wrapped, version from keys.keyset where purpose = :purpose")
                .param("purpose", purpose.word())
                .query((row, number) -> opened(purpose, row.getBytes("wrapped"), row.getLong("version")))
                .optional();
    }

    private Held opened(Purpose purpose, byte[] wrapped, long version) {
        try {
            var keyset = TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, root.aead(), place(purpose));
            return new Held(keyset, version);
        } catch (GeneralSecurityException wrong) {
            throw new StartRefused(
                    "The root key " + root.where() + " does not open the keys of '" + purpose.word()
                            + "' in the database: it is another one. Put back the one this installation was made with.",
                    wrong);
        }
    }

    private byte[] wrapped(KeysetHandle keyset, RootKey by, Purpose purpose) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, by.aead(), place(purpose));
    }

    private byte[] place(Purpose purpose) {
        return (installation + "|keys.keyset|wrapped|" + purpose.word()).getBytes(StandardCharsets.UTF_8);
    }

    private void requireOpened() {
        var other = db.sql("select distinct root from keys.keyset where root <> :root")
                .param("root", written(root))
                .query(String.class)
                .list();
        if (!other.isEmpty()) {
            throw new StartRefused("The keys in the database are wrapped by the root key " + other.getFirst()
                    + ", and this server has " + written(root) + " (" + root.where() + "). Put back the right one, or"
                    + " set CONDUCT_ROOT_PROVIDER to where it is. If a move of it was interrupted, it lies in the key folder"
                    + " under a name that ends with .next: put it in the place of the other.");
        }
    }

    /// How a root key is named beside what it wraps.
    private static String written(RootKey root) {
        return root.provider().equals("passphrase") ? "file:" + root.id() : root.provider() + ":" + root.id();
    }

    private KeysetHandle first(Purpose purpose, DataFolder data) throws GeneralSecurityException, IOException {
        if (purpose == Purpose.SECRETS) {
            var former = FormerKeyset.in(data.keys(), db);
            if (former.isPresent()) {
                return former.get();
            }
        }
        return KeysetHandle.generateNew(parameters(purpose));
    }

    /// Two nodes may start on an empty database at once: the first one's stands.
    private void make(Purpose purpose, KeysetHandle keyset) throws GeneralSecurityException {
        var wrapped = wrapped(keyset, root, purpose);
        alone.executeWithoutResult(transaction -> {
            var made = db.sql("""
                    insert into keys.keyset (purpose, wrapped, root, version, changed_at)
                    values (:purpose, :wrapped, :root, 1, :now)
                    on conflict do nothing
                    """)
                    .param("purpose", purpose.word())
                    .param("wrapped", wrapped)
                    .param("root", written(root))
                    .param("now", time.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (made == 1) {
                note(purpose, new Held(keyset, 1));
            }
        });
        reread(purpose);
    }

    private static Parameters parameters(Purpose purpose) {
        return switch (purpose) {
            case SECRETS, SUBJECTS, FILES -> PredefinedAeadParameters.AES256_GCM;
            case INDEXES -> PredefinedMacParameters.HMAC_SHA256_256BITTAG;
        };
    }
}
