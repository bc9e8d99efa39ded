package dev.conduct.proof;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.database.WriteAheadLog;
import dev.conduct.kernel.Background;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Every few minutes brings what was written since to the folder of the backups: with the last backup it gives back
/// every moment up to then (`./conduct restore --to TIME`).
@Component("logArchiveHealthIndicator")
class LogKeeper extends Background implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(LogKeeper.class);

    private final BackupSettings settings;
    private final DataFolder folder;
    private final WriteAheadLog wal;
    private final RecoveryHalf key;
    private final Chores chores;
    private volatile @Nullable String failure;

    /// @param scheduled false in a command: beside a stopped server it would let the log go that the server still needs
    LogKeeper(
            BackupSettings settings,
            DataFolder folder,
            WriteAheadLog wal,
            RecoveryHalf key,
            Chores chores,
            @Value("${conduct.scheduling:true}") boolean scheduled) {
        super("log-keeper", "keep what was written since the last backup", scheduled);
        this.settings = settings;
        this.folder = folder;
        this.wal = wal;
        this.key = key;
        this.chores = chores;
    }

    /// Kept only where there is a log of our own, and somewhere to keep it.
    @Override
    public synchronized void start() {
        if (!wal.ours()) {
            return;
        }
        if (settings.to() == null) {
            release();
            return;
        }
        super.start();
    }

    private void release() {
        try {
            wal.release();
        } catch (IOException | SQLException e) {
            log.warn("Segments of the log could not be let go: {}", e.getMessage());
        }
    }

    @Override
    protected Duration beforeFirst() {
        return settings.logEvery();
    }

    @Override
    protected Duration round() {
        keepAndTell();
        return settings.logEvery();
    }

    private void keepAndTell() {
        try {
            keep();
            failure = null;
        } catch (IOException | SQLException | StartRefused e) {
            failure = String.valueOf(e.getMessage());
            log.error("BACKUP_LOG What was written since the last backup could not be kept: {}", failure);
        }
    }

    private void keep() throws IOException, SQLException {
        var to = java.util.Objects.requireNonNull(settings.to());
        var half = key.read();
        var archive = new Archive(to);
        var finished = wal.finished();
        if (finished.gap()) {
            // What was written before is in no segment here: a backup from now on begins the series.
            chores.request(ScheduledBackup.NAME);
        }
        archive.keepAttachments(folder.attachments(), half);
        for (var segment : finished.segments()) {
            archive.keepSegment(segment.name(), segment.file(), half);
        }
        if (!finished.segments().isEmpty()) {
            wal.taken(finished.segments().getLast());
        }
    }

    @Override
    public Health health() {
        var says = failure;
        return says == null
                ? Health.up().build()
                : Health.down().withDetail("says", says).build();
    }
}
