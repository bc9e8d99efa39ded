package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A restored cluster that is brought forward, by segments of its write-ahead log, to a moment of its history.
public final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final Pattern START = Pattern.compile("(?m)^START WAL LOCATION: .* \\(file ([0-9A-F]{24})\\)");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSSSSS+00", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String MARK = "# conduct: recovery";

    private final PostgresFiles files;

    private Recovery(PostgresFiles files) {
        this.files = files;
    }

    /// @throws StartRefused when there is no restored database in the folder
    public static Recovery of(Path data) {
        var files = new PostgresFiles(data.toAbsolutePath().normalize().resolve("database"));
        if (!Files.exists(files.cluster().resolve("backup_label"))) {
            throw new StartRefused("There is no backup of a database in " + data + " to bring forward.");
        }
        return new Recovery(files);
    }

    /// The first segment that the backup needs; those before it are of no use.
    public String first() throws IOException {
        var found = START.matcher(Files.readString(files.cluster().resolve("backup_label")));
        if (!found.find()) {
            throw new StartRefused("The backup does not say where its write-ahead log begins.");
        }
        return found.group(1);
    }

    /// Where a segment goes.
    public Path place(String segment) {
        return files.cluster().resolve("pg_wal").resolve(segment);
    }

    /// From the next start on. What happened after the moment is left out.
    public void aim(Instant moment) throws IOException {
        Files.writeString(
                files.cluster().resolve("postgresql.auto.conf"),
                """
                restore_command = 'exit 1' %1$s
                recovery_target_time = '%2$s' %1$s
                recovery_target_action = 'promote' %1$s
                recovery_target_timeline = 'current' %1$s
                """.formatted(MARK, TIME.format(moment)),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Files.writeString(files.cluster().resolve("recovery.signal"), "");
    }

    /// Waits until the moment is reached and the database takes writes again.
    ///
    /// @throws StartRefused when the log ends before it, or it takes too long
    public void reached(Duration atMost) throws IOException {
        var end = System.nanoTime() + atMost.toNanos();
        while (true) {
            if (endedTooEarly()) {
                throw new StartRefused("the log ended");
            }
            try (var connection = files.access().dataSource().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select not pg_is_in_recovery()")) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            } catch (SQLException notYet) {
                log.debug("The database is on its way: {}", notYet.getMessage());
            }
            if (System.nanoTime() > end) {
                throw new StartRefused("The database did not reach the moment within " + atMost.toMinutes()
                        + " minutes; " + files.log() + " says how far it is.");
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    /// Whether the database gave up because the log ends before the moment.
    public boolean endedTooEarly() throws IOException {
        return files.logged().contains("recovery ended before configured recovery target was reached");
    }

    /// Takes the aim away again, once it was reached.
    public void done() throws IOException {
        var file = files.cluster().resolve("postgresql.auto.conf");
        var kept = Files.readAllLines(file).stream()
                .filter(line -> !line.endsWith(MARK))
                .toList();
        Files.write(file, kept);
    }
}
