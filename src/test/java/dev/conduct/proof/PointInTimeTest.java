package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.database.FolderAccess;
import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// From outside: somebody's mistake is undone by going back to the minute before it, and a moment that nobody kept is
/// refused.
class PointInTimeTest {

    @TempDir
    private Path folder;

    @Test
    void a_backup_and_the_log_beside_it_give_back_every_moment_since() throws Exception {
        var data = folder.resolve("data");
        var backups = Files.createDirectory(folder.resolve("backups"));
        var secret = folder.resolve("recovery.secret");
        assertThat(conduct("backup", "--new-key", secret, "--data", data).status())
                .isZero();
        long before;
        Instant moment;
        try (var server = ServerProcess.serving(
                data,
                Map.of(
                        "CONDUCT_BACKUP_TO", backups.toString(),
                        "CONDUCT_BACKUP_LOG_EVERY", "2s",
                        "CONDUCT_SCHEDULING", "true"))) {
            var wal = backups.resolve("wal");
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.isDirectory(wal));
            assertThat(conduct("backup", backups, "--data", data).status()).isZero();
            assertThat(conduct("client", "create", "before", "--role", "qa", "--data", data)
                            .status())
                    .isZero();
            before = sealed(data, 0);
            moment = java.time.InstantSource.system().instant();
            assertThat(conduct("client", "create", "after", "--role", "qa", "--data", data)
                            .status())
                    .isZero();
            assertThat(sealed(data, before)).isGreaterThan(before);
            var kept = Files.list(wal).count();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Files.list(wal).count() > kept + 1);
            server.stop();
        }
        Path backup;
        try (var files = Files.list(backups)) {
            backup = files.filter(file -> file.toString().endsWith(".conduct-backup"))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(Files.readString(
                        backups.resolve("wal").resolve(first(backups)), java.nio.charset.StandardCharsets.ISO_8859_1))
                .startsWith("CONDUCT BACKUP");

        var late = conduct(
                "restore", backup, "--key", secret, "--data", folder.resolve("late"), "--to", "2999-01-01T00:00:00Z");
        assertThat(late.status()).isEqualTo(1);
        assertThat(folder.resolve("late/database")).doesNotExist();
        assertThat(conduct(
                                "restore",
                                backup,
                                "--key",
                                secret,
                                "--data",
                                folder.resolve("y"),
                                "--to",
                                "2026-01-01T00:00:00Z")
                        .err())
                .contains("which is after 2026-01-01T00:00:00Z");
        assertThat(late.err()).contains("ends before 2999-01-01T00:00:00Z");
        assertThat(conduct("restore", backup, "--key", secret, "--data", folder.resolve("x"), "--to", "noon")
                        .status())
                .isEqualTo(2);

        var back = folder.resolve("back");
        var restored = conduct("restore", backup, "--key", secret, "--data", back, "--to", moment);

        assertThat(restored.status()).as(restored.err()).isZero();
        assertThat(entries(restored)).isEqualTo(before);
        assertThat(Files.readString(back.resolve("database/cluster/postgresql.auto.conf")))
                .doesNotContain("recovery_target_time");
        try (var keys = Files.list(data.resolve("keys"))) {
            for (var key : keys.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        key,
                        back.resolve("keys").resolve(key.getFileName()),
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (var server = ServerProcess.serving(back)) {
            server.stop();
        }
    }

    private static String first(Path backups) throws IOException {
        try (var files = Files.list(backups.resolve("wal"))) {
            return files.sorted().findFirst().orElseThrow().getFileName().toString();
        }
    }

    /// How many entries there are once more than `least` are sealed and signed.
    private static long sealed(Path data, long least) throws SQLException, IOException {
        try (var connection = FolderAccess.to(data);
                var statement = connection.createStatement()) {
            var entries = new long[1];
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                try (var row = statement.executeQuery(
                        "select size from ledger.tree where not exists (select from ledger.pending)"
                                + " and size = (select max(size) from ledger.checkpoint)")) {
                    entries[0] = row.next() ? row.getLong(1) : 0;
                    return entries[0] > least;
                }
            });
            return entries[0];
        }
    }

    private static long entries(Cli verified) {
        return new JsonMapper().readTree(verified.out()).get("entries").asLong();
    }

    private static Cli conduct(Object... arguments) throws IOException, InterruptedException {
        return Cli.run(java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
