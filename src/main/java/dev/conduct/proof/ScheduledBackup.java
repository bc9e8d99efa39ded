package dev.conduct.proof;

import dev.conduct.database.DataFolder;
import dev.conduct.database.ExternalDatabase;
import dev.conduct.database.StartRefused;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// A whole backup every day into the folder of the settings, the oldest ones taken away. That it was made, or was not,
/// is an event.
@Component("backupHealthIndicator")
class ScheduledBackup implements Chore, HealthIndicator {

    static final String NAME = "backup";
    static final String ACTION = "backup.make";
    static final String OBJECT = "system:backups";

    private final BackupSettings settings;
    private final DataFolder folder;
    private final RecoveryHalf key;
    private final ChoreRecord record;
    private final InstantSource time;
    private final @Nullable ExternalDatabase external;

    ScheduledBackup(
            BackupSettings settings,
            DataFolder folder,
            RecoveryHalf key,
            ChoreRecord record,
            InstantSource time,
            Environment environment) {
        this.settings = settings;
        this.folder = folder;
        this.key = key;
        this.record = record;
        this.time = time;
        this.external = ExternalDatabase.of(environment::getProperty);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean wanted() {
        return settings.to() != null;
    }

    @Override
    public Duration every() {
        return settings.every();
    }

    @Override
    public Optional<Event> last() {
        return record.last(ACTION);
    }

    @Override
    public void act() {
        var to = java.util.Objects.requireNonNull(settings.to());
        var began = System.nanoTime();
        try {
            Files.createDirectories(to);
            var made = Backup.make(folder.root(), folder.keys(), to, key.read(), time.instant(), external);
            var gone = forget(to);
            record.done(
                    ACTION,
                    OBJECT,
                    Map.of(
                            "files", made.files(),
                            "bytes", made.bytes(),
                            "size", made.size(),
                            "removed", (long) gone,
                            "milliseconds", (System.nanoTime() - began) / 1_000_000));
        } catch (IOException | SQLException | StartRefused e) {
            record.failed(ACTION, OBJECT, "No backup was made: " + e.getMessage());
        }
    }

    /// Names begin with the time.
    private int forget(Path to) throws IOException {
        var all = backups(to);
        var old = all.subList(0, Math.max(0, all.size() - settings.keep()));
        for (var file : old) {
            Files.delete(file);
        }
        var oldest = all.get(old.size());
        new Archive(to).forgetBefore(Backup.madeAt(oldest));
        return old.size();
    }

    static List<Path> backups(Path to) throws IOException {
        try (var files = Files.list(to)) {
            return files.filter(file -> Backup.named(file)).sorted().toList();
        }
    }

    /// Down after one that failed, and when none was made for twice the time.
    @Override
    public Health health() {
        if (!wanted()) {
            return Health.up().build();
        }
        var last = last();
        var good = last.filter(event -> event.outcome() == Outcome.SUCCESS)
                .filter(event -> time.instant().isBefore(event.recordedAt().plus(every().multipliedBy(2))))
                .isPresent();
        var health = last.isEmpty() || good ? Health.up() : Health.down();
        last.ifPresent(event -> health.withDetail("last", event.recordedAt().toString()));
        return health.build();
    }
}
