package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From outside: a company backs up while it works, loses its machine, and comes back.
class BackupTest {

    @TempDir
    private Path folder;

    @Test
    void what_was_backed_up_while_serving_is_restored_verified_and_served() throws Exception {
        var data = folder.resolve("data");
        var secret = folder.resolve("recovery.secret");
        var file = folder.resolve("one.conduct-backup");
        try (var server = ServerProcess.serving(data)) {
            assertThat(conduct("client", "create", "kept", "--role", "developer", "--data", data)
                            .status())
                    .isZero();
            Files.createDirectories(data.resolve("attachments/ab"));
            Files.writeString(data.resolve("attachments/ab/file"), "held");
            assertThat(conduct("backup", file, "--data", data).err()).contains("There is no recovery key");
            assertThat(file).doesNotExist();

            var made = conduct("backup", file, "--new-key", secret, "--data", data);

            assertThat(made.status()).as(made.err()).isZero();
            assertThat(made.out()).contains("\"files\":");
            assertThat(conduct("backup", file, "--data", data).err()).contains("is there already");
            server.stop();
        }
        refusesWhatDoesNotFit(file, secret);

        var back = folder.resolve("back");
        var restored = conduct("restore", file, "--key", secret, "--data", back);

        assertThat(restored.status()).as(restored.err()).isZero();
        assertThat(restored.err()).contains("Restored ", "Put the key files back", "All ");
        assertThat(back.resolve("attachments/ab/file")).hasContent("held");
        assertThat(back.resolve("keys")).isDirectoryNotContaining("glob:**.key");
        for (var key : List.of("ledger-mac.key", "ledger-log.key", "root.key")) {
            Files.copy(data.resolve("keys").resolve(key), back.resolve("keys").resolve(key));
        }
        try (var server = ServerProcess.serving(back)) {
            assertThat(conduct("verify", "--data", back).out()).contains("\"codes_checked\":true");
            server.stop();
        }
    }

    private void refusesWhatDoesNotFit(Path file, Path secret) throws Exception {
        var other = folder.resolve("other.secret");
        Files.writeString(other, RecoveryKey.generate().secret());
        var wrong = conduct("restore", file, "--key", other, "--data", folder.resolve("wrong"));
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.err()).contains("This backup was made for the recovery key conduct-recovery:");

        var full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("something"), "");
        assertThat(conduct("restore", file, "--key", secret, "--data", full).err())
                .contains("is not empty: it holds something");

        var cut = folder.resolve("cut.conduct-backup");
        var bytes = Files.readAllBytes(file);
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 100));
        var damaged = conduct("restore", cut, "--key", secret, "--data", folder.resolve("damaged"));
        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.err()).contains("damaged or incomplete");
        assertThat(folder.resolve("damaged")).isEmptyDirectory();
    }

    private static Cli conduct(Object... arguments) throws IOException, InterruptedException {
        return Cli.run(java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
