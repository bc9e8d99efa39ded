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
    /// @throws StartRefused when the log ends before the moment
    public static int forward(Path data, Path archive, RecoveryKey key, Instant moment) throws IOException {
        var recovery = Recovery.of(data);
        var segments = new Archive(archive).bringForward(data, recovery, key, moment);
        try (var going = FolderDatabase.open(data)) {
            java.util.Objects.requireNonNull(going);
            recovery.reached(PATIENCE);
        } catch (StartRefused refused) {
            if (recovery.endedTooEarly()) {
                throw new StartRefused(
                        "The log in " + archive + " ends before " + moment
                                + ". Give an earlier time, or leave --to out.",
                        refused);
            }
            throw refused;
        }
        recovery.done();
        return segments;
    }
}
