package dev.conduct.proof;

import dev.conduct.database.DataFolder;
import dev.conduct.database.ExternalDatabase;
import dev.conduct.database.StartRefused;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Once a week practises what nobody wants to try for the first time in need: makes a backup, restores it into a folder
/// of its own, has its ledger verified and every table that screens read compared with it, by the same commands that
/// somebody would type, in processes beside the server. The backup of the drill is for a key of its own, which is
/// thrown away: the secret half of the real one is not here. The rows of an external database go into an embedded one
/// for the time of the drill. What came of it is an event.
@Component("restoreDrillHealthIndicator")
class RestoreDrill implements Chore, HealthIndicator {

    static final String NAME = "restore-drill";
    static final String ACTION = "backup.drill";

    private static final List<String> AS_STARTED =
            List.of("-XX:AOTCache=", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=", "-Xlog:");
    private static final String FOLDER = "drill";
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final BackupSettings settings;
    private final DataFolder folder;
    private final @Nullable ExternalDatabase external;
    private final ChoreRecord record;
    private final InstantSource time;
    private final JsonMapper json;

    RestoreDrill(
            BackupSettings settings,
            DataFolder folder,
            ChoreRecord record,
            InstantSource time,
            JsonMapper json,
            Environment environment) {
        this.settings = settings;
        this.folder = folder;
        this.external = ExternalDatabase.of(environment::getProperty);
        this.record = record;
        this.time = time;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return settings.drillEvery();
    }

    @Override
    public Optional<Event> last() {
        return record.last(ACTION);
    }

    @Override
    public void act() {
        drill();
    }

    Event drill() {
        var began = System.nanoTime();
        var place = folder.root().resolve(FOLDER);
        try {
            Restore.delete(place);
            Files.createDirectory(place, only("rwx------"));
            var verified = json.readTree(practised(place));
            return record.done(
                    ACTION,
                    ScheduledBackup.OBJECT,
                    Map.of(
                            "entries",
                            verified.get("entries").asLong(),
                            "milliseconds",
                            (System.nanoTime() - began) / 1_000_000));
        } catch (IOException | SQLException | StartRefused e) {
            return record.failed(ACTION, ScheduledBackup.OBJECT, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return record.failed(ACTION, ScheduledBackup.OBJECT, "The server ended meanwhile.");
        } finally {
            try {
                Restore.delete(place);
            } catch (IOException e) {
                // It is taken away before the next one begins.
            }
        }
    }

    /// @return what the verification told
    private String practised(Path place) throws IOException, SQLException, InterruptedException {
        var key = RecoveryKey.generate();
        var secret = place.resolve("secret");
        Files.createFile(secret, only("rw-------"));
        Files.writeString(secret, key.secret());
        var data = place.resolve("data").toString();
        var backup = Backup.make(
                folder.root(),
                folder.keys(),
                place.resolve("drill.conduct-backup"),
                key.half(),
                time.instant(),
                external);
        requireRoom(backup, place);
        var restore = new ArrayList<>(
                List.of("restore", backup.file().toString(), "--key", secret.toString(), "--data", data));
        if (external != null) {
            restore.add("--embedded");
        }
        var verified = conduct(restore.toArray(String[]::new));
        Files.delete(backup.file());
        conduct("rebuild", "--check", "--data", data);
        return verified;
    }

    /// Rows become tables with their indexes.
    private void requireRoom(Backup backup, Path place) throws IOException {
        var free = Files.getFileStore(place).getUsableSpace();
        var takes = external == null ? backup.bytes() * 3 / 2 : backup.bytes() * 4;
        if (free < takes) {
            throw new StartRefused("A restore could not be practised: it takes " + (takes >> 20) + " MB in "
                    + place.getParent() + ", and " + (free >> 20) + " MB are free.");
        }
    }

    /// In a process of its own, in the background of the machine.
    private String conduct(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            command.addAll(List.of("/usr/bin/nice", "-n", "10"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(asThisOneStarted());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.conduct.ConductApplication"));
        command.addAll(List.of(arguments));
        var out = folder.root().resolve(FOLDER).resolve("out");
        var words = folder.root().resolve(FOLDER).resolve("words");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(words.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CONDUCT_DB_"));
        builder.environment().remove("CONDUCT_DATA");
        builder.environment().remove("CONDUCT_BACKUP_TO");
        // A copy writes to nobody, is shown to no witness, and does nothing by itself.
        List.of("CONDUCT_MAIL_HOST", "CONDUCT_LEDGER_WITNESSES", "CONDUCT_CHECKPOINT_MAIL")
                .forEach(builder.environment()::remove);
        builder.environment().put("CONDUCT_SCHEDULING", "false");
        builder.environment().put("CONDUCT_KEYS", folder.keys().toString());
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new StartRefused(arguments[0] + " did not end within " + PATIENCE.toHours() + " hours.");
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            var said = Files.readString(words).strip();
            throw new StartRefused("A backup made now does not come back. " + arguments[0] + " ended with "
                    + process.exitValue() + ": " + said.substring(Math.max(0, said.length() - 2_000)));
        }
        return Files.readString(out);
    }

    /// The cache of classes that this server itself was started from, with what must be as when the cache was written:
    /// half of what a short command costs is loading classes.
    private static List<String> asThisOneStarted() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> AS_STARTED.stream().anyMatch(option::startsWith))
                .toList();
    }

    private static java.nio.file.attribute.FileAttribute<?>[] only(String permissions) {
        return System.getProperty("os.name").startsWith("Windows")
                ? new java.nio.file.attribute.FileAttribute<?>[0]
                : new java.nio.file.attribute.FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
    }

    /// Down after one that failed, until one comes back again.
    @Override
    public Health health() {
        var last = last();
        var failed = last.filter(event -> event.outcome() != Outcome.SUCCESS).isPresent();
        var health = failed ? Health.down() : Health.up();
        last.ifPresent(event -> health.withDetail("last", event.recordedAt().toString()));
        return health.build();
    }
}
