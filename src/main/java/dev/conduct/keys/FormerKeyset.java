package dev.conduct.keys;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Before there were keysets in the database, one lay in a file. What it closed must still open.
final class FormerKeyset {

    static final String FILE = "identity.keyset.json";

    private FormerKeyset() {}

    static Optional<KeysetHandle> in(Path folder, JdbcClient db) throws IOException, GeneralSecurityException {
        var file = folder.resolve(FILE);
        if (Files.exists(file)) {
            return Optional.of(
                    TinkJsonProtoKeysetFormat.parseKeyset(KeyFile.read(file), InsecureSecretKeyAccess.get()));
        }
        if (closed(db)) {
            throw new StartRefused("The key file " + file + " is missing, and the database holds secrets encrypted"
                    + " with it. Put it back from your copy of the keys.");
        }
        return Optional.empty();
    }

    private static boolean closed(JdbcClient db) {
        return db.sql("""
                select exists (select 1 from identity.authenticator) or exists (select 1 from identity.signing_key)
                """).query(Boolean.class).single();
    }
}
