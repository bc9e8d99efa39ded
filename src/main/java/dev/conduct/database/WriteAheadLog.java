package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The write-ahead log of the embedded database, for whoever keeps it elsewhere segment by segment. A replication slot
/// holds back what was not taken yet, so that nothing is missing after a crash; when so much waits that it would fill
/// the disk, the slot is given up and a new backup begins a new series.
public final class WriteAheadLog {

    static final String SLOT = "conduct_archive";

    private static final long SEGMENT = 16L << 20;
    private static final int MOST_WAITING_MEGABYTES = 8_192;

    private final @Nullable PostgresFiles files;

    WriteAheadLog(@Nullable PostgresFiles files) {
        this.files = files;
    }

    /// A whole segment that will not change any more.
    public record Segment(String name, Path file) {}

    /// @param gap whether some are missing before the first of these
    public record Finished(List<Segment> segments, boolean gap) {}

    /// False with an external database, whose log is its own.
    public boolean ours() {
        return files != null && Files.exists(files.cluster());
    }

    /// Ends the segment that is being written, and gives those that were not taken yet, the oldest first.
    public Finished finished() throws IOException, SQLException {
        try (var connection = connection()) {
            var gap = slot(connection);
            one(connection, "select pg_switch_wal()::text");
            var timeline = one(connection, "select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)");
            var end = number(connection, "select ((pg_current_wal_flush_lsn() - '0/0') / 16777216)::bigint");
            var start = number(
                    connection,
                    "select ((restart_lsn - '0/0') / 16777216)::bigint from pg_replication_slots where slot_name = '"
                            + SLOT + "'");
            try (var all = Files.list(cluster().resolve("pg_wal"))) {
                return new Finished(
                        all.map(file -> new Segment(file.getFileName().toString(), file))
                                .filter(one -> one.name().matches("[0-9A-F]{24}"))
                                .filter(one -> one.name().startsWith(timeline))
                                .filter(one -> place(one.name()) >= start && place(one.name()) < end)
                                .sorted(java.util.Comparator.comparing(Segment::name))
                                .toList(),
                        gap);
            }
        }
    }

    /// Everything up to and with this one is kept elsewhere.
    public void taken(Segment last) throws IOException, SQLException {
        var end = (place(last.name()) + 1) * SEGMENT;
        var position = String.format(Locale.ROOT, "%X/%X", end >>> 32, end & 0xFFFF_FFFFL);
        try (var connection = connection()) {
            one(connection, "select pg_replication_slot_advance('" + SLOT + "', '" + position + "')::text");
        }
    }

    /// Nobody takes segments any more: none is held back.
    public void release() throws IOException, SQLException {
        try (var connection = connection()) {
            one(
                    connection,
                    "select count(pg_drop_replication_slot(slot_name))::text from pg_replication_slots where slot_name = '"
                            + SLOT + "' and not active");
        }
    }

    /// @return whether segments were lost before
    private boolean slot(Connection connection) throws SQLException {
        one(connection, "select set_config('statement_timeout', '30s', false)");
        var state = one(
                connection,
                "select coalesce((select wal_status from pg_replication_slots where slot_name = '" + SLOT + "'), '')");
        if (state.equals("lost") || waits(connection) > MOST_WAITING_MEGABYTES) {
            one(connection, "select pg_drop_replication_slot('" + SLOT + "')::text");
            state = "";
        } else if (!state.isEmpty()) {
            return false;
        }
        one(connection, "select pg_create_physical_replication_slot('" + SLOT + "', true)::text");
        return true;
    }

    private static long waits(Connection connection) throws SQLException {
        return number(
                connection,
                "select coalesce(max((pg_current_wal_lsn() - restart_lsn) / 1048576), 0)::bigint"
                        + " from pg_replication_slots where slot_name = '" + SLOT + "'");
    }

    /// `TTTTTTTTLLLLLLLLSSSSSSSS`: the log number counts 4 GB, the last part segments in it.
    private static long place(String name) {
        return Long.parseLong(name.substring(8, 16), 16) * (0x1_0000_0000L / SEGMENT)
                + Long.parseLong(name.substring(16), 16);
    }

    private Path cluster() throws IOException {
        if (files == null) {
            throw new IOException("an external database keeps its own log");
        }
        return files.cluster();
    }

    private Connection connection() throws IOException, SQLException {
        if (files == null) {
            throw new IOException("an external database keeps its own log");
        }
        return files.access().dataSource().getConnection();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(one(connection, sql));
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
