package dev.conduct.cli;

import dev.conduct.database.StartRefused;
import dev.conduct.proof.RecoveryKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/// Where commands find the public half of the recovery key.
final class RecoveryKeys {

    private RecoveryKeys() {}

    /// @param given null to look at CONDUCT_RECOVERY_KEY and the key folder
    static RecoveryKey.Public publicHalf(picocli.CommandLine command, @Nullable String given, Path keys)
            throws IOException {
        var file = keys.resolve(BackupCommand.PUBLIC);
        var text = given != null ? given : System.getenv("CONDUCT_RECOVERY_KEY");
        if (text == null && Files.exists(file)) {
            text = Files.readString(file);
        }
        if (text == null) {
            throw new StartRefused("There is no recovery key to encrypt to. Make one once: ./conduct backup --new-key"
                    + " FILE, and keep FILE away from this machine.");
        }
        try {
            return RecoveryKey.Public.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, "The public half of a recovery key " + e.getMessage() + ".");
        }
    }
}
