package dev.conduct.ledger;

import dev.conduct.ledger.verify.CheckpointFile;
import dev.conduct.ledger.verify.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.springframework.core.env.Environment;

/// What tests of the ledger need beside the ledger: a way in as the owner of the tables, the files in the data
/// folder, and patience.
public record LedgerFixture(Environment environment) {

    public Connection asOwner() throws SQLException {
        var properties = new Properties();
        for (var name : new String[] {"user", "password"}) {
            var value = environment.getProperty("conduct.db." + name);
            if (value != null) {
                properties.setProperty(name, value);
            }
        }
        return DriverManager.getConnection(environment.getRequiredProperty("conduct.db.url"), properties);
    }

    public Path data() {
        return Path.of(environment.getRequiredProperty("conduct.data"));
    }

    public VerifierKey verifierKey() throws IOException {
        return VerifierKey.parse(Files.readString(data().resolve("keys/ledger-log.pub")));
    }

    public byte[] macKey() throws IOException {
        return Base64.getDecoder()
                .decode(Files.readString(data().resolve("keys/ledger-mac.key"))
                        .strip()
                        .split(" ")[1]);
    }

    public CheckpointFile checkpointFile() throws IOException {
        return CheckpointFile.read(data().resolve("checkpoints").resolve(CheckpointFile.NAME));
    }

    public static void until(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain");
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    public static NewEvent event(String object, long version) {
        return new NewEvent(
                Instant.parse("2026-11-23T08:00:00Z"),
                "person:0193aaaa-0000-7000-8000-000000000001",
                "api",
                "item.edit",
                object,
                version,
                Outcome.SUCCESS,
                "BUG-1",
                "2026.11",
                Map.of("from", "logged", "to", "triaged"),
                Map.of("title", "A title of version " + version));
    }
}
