package dev.conduct.identity;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Encrypts what the server itself must be able to read back: AES-256-GCM under the keyset in the key folder, each
/// value bound to its installation, table, column and row, so that it opens nowhere else.
@Component
class Secrets {

    static final String FILE = "identity.keyset.json";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

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

    byte[] seal(String value, String table, String column, Object row) {
        try {
            return aead.encrypt(value.getBytes(StandardCharsets.UTF_8), place(table, column, row));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot encrypt " + table + "." + column, failure);
        }
    }

    String open(byte[] sealed, String table, String column, Object row) {
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
            write(file);
        }
        refuseOpen(file);
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }

    private static void write(Path file) throws GeneralSecurityException, IOException {
        var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        var text = TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        var beside = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(beside);
        if (posix(file)) {
            Files.createFile(beside, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.writeString(beside, text);
        try {
            Files.createLink(file, beside);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // Its keyset is as good as ours, and may be in use.
        } finally {
            Files.delete(beside);
        }
    }

    private static void refuseOpen(Path file) throws IOException {
        if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new StartRefused("The key file " + file + " can be read by others. Run: chmod 600 " + file);
        }
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
