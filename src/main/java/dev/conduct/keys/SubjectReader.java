package dev.conduct.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Opens what was closed under keys of subjects, for a check that runs without the server: over a connection, with the
/// root key from its folder.
public final class SubjectReader {

    private final String installation;
    private final Map<Long, AesGcmJce> keys;

    private SubjectReader(String installation, Map<Long, AesGcmJce> keys) {
        this.installation = installation;
        this.keys = keys;
    }

    /// @param passphrase null when there is none
    /// @return null when the root key is not at hand, or is another
    public static @Nullable SubjectReader of(Connection connection, Path folder, @Nullable String passphrase)
            throws IOException, SQLException {
        try {
            AeadConfig.register();
            var root = Files.isReadable(folder.resolve(RootFile.FILE))
                    ? RootFile.open(folder, true)
                    : passphrase != null && RootPassphrase.sealed(folder)
                            ? RootPassphrase.open(folder, passphrase, true)
                            : null;
            return root == null ? null : read(connection, root);
        } catch (GeneralSecurityException another) {
            return null;
        }
    }

    /// @return null when the subject was erased
    /// @throws IllegalStateException when it was changed or moved
    public @Nullable String open(long key, byte[] sealed, String place) {
        var aead = keys.get(key);
        if (aead == null) {
            return null;
        }
        try {
            var associated = (installation + "|" + place).getBytes(StandardCharsets.UTF_8);
            return new String(aead.decrypt(sealed, associated), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException changed) {
            throw new IllegalStateException("changed or moved", changed);
        }
    }

    private static SubjectReader read(Connection connection, RootKey root)
            throws SQLException, GeneralSecurityException {
        try (var statement = connection.createStatement()) {
            String installation;
            Aead wrapping;
            try (var row =
                    statement.executeQuery("select installation.id, keyset.wrapped from keys.installation, keys.keyset"
                            + " where keyset.purpose = 'subjects'")) {
                row.next();
                installation = row.getString(1);
                wrapping = TinkProtoKeysetFormat.parseEncryptedKeyset(
                                row.getBytes(2), root.aead(), bytes(installation + "|keys.keyset|wrapped|subjects"))
                        .getPrimitive(RegistryConfiguration.get(), Aead.class);
            }
            var keys = new HashMap<Long, AesGcmJce>();
            try (var row =
                    statement.executeQuery("select id, name, wrapped from keys.subject where wrapped is not null")) {
                while (row.next()) {
                    var place = bytes(installation + "|keys.subject|wrapped|" + row.getString(2));
                    keys.put(row.getLong(1), new AesGcmJce(wrapping.decrypt(row.getBytes(3), place)));
                }
            }
            return new SubjectReader(installation, keys);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
