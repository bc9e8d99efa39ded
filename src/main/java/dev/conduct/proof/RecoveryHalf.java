package dev.conduct.proof;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The public half of the recovery key, which is all that a server has.
@Component
class RecoveryHalf {

    private static final String FILE = "recovery.pub";

    private final DataFolder folder;
    private final String given;

    RecoveryHalf(DataFolder folder, @Value("${CONDUCT_RECOVERY_KEY:}") String given) {
        this.folder = folder;
        this.given = given;
    }

    /// @throws StartRefused when there is none, or it cannot be read
    RecoveryKey.Public read() throws IOException {
        var file = folder.keys().resolve(FILE);
        if (given.isBlank() && !Files.exists(file)) {
            throw new StartRefused("There is no recovery key to encrypt backups to. Make one once: ./conduct backup"
                    + " --new-key FILE, and keep FILE away from this machine.");
        }
        try {
            return RecoveryKey.Public.parse(given.isBlank() ? Files.readString(file) : given);
        } catch (IllegalArgumentException e) {
            throw new StartRefused("The public half of the recovery key " + e.getMessage() + ".", e);
        }
    }
}
