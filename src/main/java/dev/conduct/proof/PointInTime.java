package dev.conduct.proof;

import dev.conduct.database.FolderDatabase;
import dev.conduct.database.Recovery;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// From a restored backup on to a moment after it, by the log that was kept beside it.
public final class PointInTime {

    private PointInTime() {}

    /// @param data to which a backup was just restored
    /// @param archive the folder with the log
    /// @return how many segments there were
    /// @throws StartRefused when the moment lies before the backup was whole, or after the end of the log
    public static int forward(Path data, Path archive, RecoveryKey key, Instant moment) throws IOException {
        var recovery = Recovery.of(data);
        var segments = new Archive(archive).bringForward(data, recovery, key, moment);
        try (var reached = FolderDatabase.open(data)) {
            java.util.Objects.requireNonNull(reached);
        } catch (StartRefused refused) {
            var says = String.valueOf(refused.getMessage());
            if (says.contains("before configured recovery target was reached")) {
                throw new StartRefused(
                        "The log ends before " + moment + ". Give an earlier time, or leave --to out.", refused);
            }
            if (says.contains("before consistent recovery point")) {
                throw new StartRefused(
                        "This backup was not whole yet at " + moment + ". Take an earlier backup.", refused);
            }
            throw refused;
        }
        recovery.done();
        return segments;
    }
}
