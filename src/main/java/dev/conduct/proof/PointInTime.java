package dev.conduct.proof;

import dev.conduct.database.FolderDatabase;
import dev.conduct.database.Recovery;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// From a restored backup on to a moment after it, by the log that was kept beside it.
public final class PointInTime {

    private static final Duration PATIENCE = Duration.ofHours(2);

    private PointInTime() {}

    /// @param data to which a backup was just restored
    /// @param archive the folder with the log
    /// @return how many segments there were
    /// @throws StartRefused when the moment lies before the backup was whole, or after the end of the log
    public static int forward(Path data, Path archive, RecoveryKey key, Instant moment) throws IOException {
        var recovery = Recovery.of(data);
        var segments = new Archive(archive).bringForward(data, recovery, key, moment);
        try (var going = FolderDatabase.open(data)) {
            java.util.Objects.requireNonNull(going);
            recovery.reached(PATIENCE);
        } catch (StartRefused refused) {
            if (String.valueOf(refused.getMessage()).contains("before consistent recovery point")) {
                throw new StartRefused(
                        "This backup was not whole yet at " + moment + ". Take an earlier backup.", refused);
            }
            throw refused;
        }
        recovery.done();
        return segments;
    }
}
