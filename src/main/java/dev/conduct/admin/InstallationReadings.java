package dev.conduct.admin;

import dev.conduct.database.DataFolder;
import dev.conduct.ledger.Ledger;
import dev.conduct.mail.Deliveries;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.SystemReading;
import dev.conduct.shell.Words;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The server, its database, its disk, its ledger, and whatever is watched for the load balancer.
@Component
@Order(0)
class InstallationReadings implements SystemReading {

    private static final long ROOM = 1L << 30;
    private static final Duration OLD = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final DataFolder folder;
    private final Ledger ledger;
    private final Procedures procedures;
    private final Deliveries letters;
    private final Map<String, HealthIndicator> watched;
    private final InstantSource time;

    InstallationReadings(
            JdbcClient database,
            DataFolder folder,
            Ledger ledger,
            Procedures procedures,
            Deliveries letters,
            Map<String, HealthIndicator> watched,
            InstantSource time) {
        this.database = database;
        this.folder = folder;
        this.ledger = ledger;
        this.procedures = procedures;
        this.letters = letters;
        this.watched = watched;
        this.time = time;
    }

    @Override
    public List<Reading> readings(Words words) {
        var readings = new ArrayList<Reading>();
        server(readings, words);
        database(readings, words);
        disk(readings);
        ledger(readings, words);
        readings.add(new Reading("Queues", "Letters waiting", words.number(letters.waiting()), null, "/admin/mail"));
        watched.forEach((name, indicator) -> {
            var health = indicator.health();
            var says = health == null ? "unknown" : health.getStatus().getCode().toLowerCase(java.util.Locale.ROOT);
            readings.add(Reading.judged(
                    "Watched",
                    Words.plain(name.replace("HealthIndicator", "").replaceAll("([A-Z])", "_$1")),
                    says,
                    health != null && health.getStatus().equals(Status.UP)));
        });
        return readings;
    }

    private void server(List<Reading> readings, Words words) {
        var version = InstallationReadings.class.getPackage().getImplementationVersion();
        readings.add(Reading.of("Server", "Conduct", version == null ? "built here" : version));
        readings.add(Reading.of("Server", "Java", Runtime.version().toString()));
        var runtime = Runtime.getRuntime();
        readings.add(Reading.of(
                "Server",
                "Memory in use",
                Words.size(runtime.totalMemory() - runtime.freeMemory()) + " of " + Words.size(runtime.maxMemory())));
        readings.add(Reading.of(
                "Server",
                "Running for",
                words.duration(
                        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()))));
        var procedure = procedures.at(time.instant());
        readings.add(new Reading(
                "Server",
                "Procedure in force",
                procedure.version() + " since " + words.dated(procedure.effective()),
                null,
                "/procedure"));
    }

    private void database(List<Reading> readings, Words words) {
        database.sql("""
                        select current_setting('server_version') as version,
                               pg_database_size(current_database()) as size,
                               (select count(*) from pg_stat_activity where datname = current_database()) as connections,
                               current_setting('max_connections')::int as most
                        """).query(row -> {
            readings.add(Reading.of("Database", "PostgreSQL", row.getString("version")));
            readings.add(Reading.of("Database", "Size", Words.size(row.getLong("size"))));
            var used = row.getInt("connections");
            var most = row.getInt("most");
            readings.add(Reading.judged("Database", "Connections", used + " of " + most, used < most * 0.9));
        });
    }

    private void disk(List<Reading> readings) {
        try {
            FileStore store = Files.getFileStore(folder.root());
            var free = store.getUsableSpace();
            readings.add(Reading.judged(
                    "Disk",
                    "Free for data and attachments",
                    Words.size(free) + " of " + Words.size(store.getTotalSpace()),
                    free > ROOM));
        } catch (IOException unreadable) {
            readings.add(Reading.judged("Disk", "Free for data and attachments", "cannot be read", false));
        }
    }

    private void ledger(List<Reading> readings, Words words) {
        var status = ledger.status();
        readings.add(Reading.of("Ledger", "Entries", words.number(status.size())));
        readings.add(Reading.of("Ledger", "Waiting to be sealed", words.number(status.unsealed())));
        Instant signed = status.checkpointAt();
        var late = status.checkpointSize() < status.size()
                && (signed == null || signed.plus(OLD).isBefore(time.instant()));
        readings.add(
                Reading.judged("Ledger", "Last checkpoint", signed == null ? "none yet" : words.full(signed), !late));
        var trouble = status.rollback() != null
                ? status.rollback()
                : status.quarantined() > 0 ? status.quarantined() + " events refused by the sequencer" : "records";
        readings.add(Reading.judged("Ledger", "State", trouble, status.healthy()));
    }
}
