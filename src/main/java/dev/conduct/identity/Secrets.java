package dev.conduct.identity;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.conduct.database.DataFolder;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Encrypts what the server itself must be able to read back: AES-256-GCM under the keyset in the key folder, each
/// value bound to its installation, table, column and row, so that it opens nowhere else.
@Component
public class Secrets {

    static final String FILE = "identity.keyset.json";

    private final Aead aead;
    private final String installation;

    Secrets(DataFolder data, JdbcClient db) throws GeneralSecurityException, IOException {
        AeadConfig.register();
        this.installation = db.sql("select id from identity.installation")
                .query(String.class)
                .single();
        this.aead = keyset(data.keys().resolve(FILE), ciphertexts(db))
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    public byte[] seal(String value, String table, String column, Object row) {
        try {
            return aead.encrypt(value.getBytes(StandardCharsets.UTF_8), place(table, column, row));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot encrypt " + table + "." + column, failure);
        }
    }

    public String open(byte[] sealed, String table, String column, Object row) {
        try {
            return new String(aead.decrypt(sealed, place(table, column, row)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(
                    "cannot decrypt " + table + "." + column + " of " + row
                            + ": it was written under another key, or moved from another row",
                    failure);
        }
    }

    private byte[] place(String table, String column, Object row) {
        return (installation + "|" + table + "|" + column + "|" + row).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean ciphertexts(JdbcClient db) {
        return db.sql("""
                select exists (select 1 from identity.authenticator) or exists (select 1 from identity.signing_key)
                """).query(Boolean.class).single();
    }

    private static KeysetHandle keyset(Path file, boolean ciphertexts) throws GeneralSecurityException, IOException {
        if (!Files.exists(file)) {
            if (ciphertexts) {
                throw new StartRefused("The key file " + file + " is missing, and the database holds secrets encrypted"
                        + " with it. Put it back from your copy of the keys.");
            }
            var fresh = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            KeyFile.create(file, TinkJsonProtoKeysetFormat.serializeKeyset(fresh, InsecureSecretKeyAccess.get()));
        }
        return TinkJsonProtoKeysetFormat.parseKeyset(KeyFile.read(file), InsecureSecretKeyAccess.get());
    }
}
