package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.database.FolderAccess;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server does by itself, on a server of its own: backups as often as asked, the oldest taken away, and a
/// restore that is practised beside the work.
class ChoresTest {

    @TempDir
    private Path folder;

    @Test
    void backups_are_made_and_a_restore_is_practised_without_anybody_asking() throws Exception {
        var data = folder.resolve("data");
        var backups = folder.resolve("backups");
        var key = RecoveryKey.generate();
        try (var server = ServerProcess.serving(
                data,
                Map.of(
                        "CONDUCT_BACKUP_TO", backups.toString(),
                        "CONDUCT_BACKUP_EVERY", "4s",
                        "CONDUCT_BACKUP_KEEP", "1",
                        "CONDUCT_BACKUP_DRILL_EVERY", "1s",
                        "CONDUCT_CHORES_LOOK", "1s",
                        "CONDUCT_SCHEDULING", "true",
                        "CONDUCT_RECOVERY_KEY", key.half().toString()))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(180))
                    .until(() ->
                            events(data, "backup.drill", "success") > 0 && events(data, "backup.make", "success") > 1);
            assertThat(events(data, "backup.drill", "error")).isZero();
            assertThat(events(data, "backup.make", "error")).isZero();
            assertThat(ScheduledBackup.backups(backups)).hasSizeBetween(1, 2);
            server.stop();
        }
        assertThat(data.resolve("drill")).doesNotExist();
    }

    private static long events(Path data, String action, String outcome) throws SQLException, IOException {
        try (var connection = FolderAccess.to(data);
                var statement = connection.prepareStatement(
                        "select count(*) from ledger.event where action = ? and outcome = ?")) {
            statement.setString(1, action);
            statement.setString(2, outcome);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
