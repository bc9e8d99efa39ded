package dev.conduct.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/// A copy of the embedded database while it serves, by PostgreSQL's own online backup: its files as they are, torn
/// or not, and the write-ahead log from before the first to after the last, which makes them one moment when it is
/// replayed.
public final class ClusterCopy {

    private static final Set<String> LEFT_OUT = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans",
            "pgsql_tmp");
    private static final Set<String> NOT_COPIED = Set.of(
            "postmaster.pid",
            "postmaster.opts",
            "backup_label",
            "backup_label.old",
            "tablespace_map",
            "pg_internal.init");

    /// Takes folders and files in the order they are read; names are relative to the data folder, with `/`.
    public interface Sink {

        void folder(String name) throws IOException;

        /// @param content as many bytes as said, or fewer when the file has shrunk meanwhile
        void file(String name, long size, InputStream content) throws IOException;
    }

    private final Path data;
    private final PostgresFiles files;
    private final Sink sink;

    private ClusterCopy(Path data, Sink sink) {
        this.data = data;
        this.files = new PostgresFiles(data.resolve("database"));
        this.sink = sink;
    }

    /// @throws StartRefused when the folder holds no database of our own
    public static void copy(Path data, Sink sink) throws IOException, SQLException {
        new ClusterCopy(data.toAbsolutePath().normalize(), sink).copy();
    }

    private void copy() throws IOException, SQLException {
        if (!Files.exists(files.cluster())) {
            throw new StartRefused("There is no embedded database in " + data
                    + ". An external PostgreSQL is backed up by its own means (pg_basebackup, WAL archive).");
        }
        sink.folder("database");
        for (var name : new String[] {"owner.password", "app.password"}) {
            if (Files.exists(files.folder().resolve(name))) {
                file(files.folder().resolve(name));
            }
        }
        try (var connection = files.access().dataSource().getConnection();
                var statement = connection.createStatement()) {
            // The slot keeps the log that is needed; it goes with this connection.
            statement.execute("select pg_create_physical_replication_slot('conduct_' || pg_backend_pid(), true, true)");
            var first = one(statement, "select pg_walfile_name(pg_backup_start('conduct', true))");
            folder(files.cluster());
            for (var name : LEFT_OUT) {
                if (!name.equals("pgsql_tmp")) {
                    sink.folder(relative(files.cluster().resolve(name)));
                }
            }
            stop(statement, first);
        }
    }

    private void stop(Statement statement, String first) throws IOException, SQLException {
        try (var row = statement.executeQuery(
                "select pg_walfile_name(lsn), labelfile from pg_backup_stop(wait_for_archive => false)")) {
            row.next();
            var last = row.getString(1);
            var label = row.getString(2).getBytes(StandardCharsets.UTF_8);
            sink.file(relative(files.cluster().resolve("backup_label")), label.length, new ByteArrayInputStream(label));
            var log = files.cluster().resolve("pg_wal");
            try (var segments = Files.list(log)) {
                for (var segment : segments.sorted().toList()) {
                    var name = segment.getFileName().toString();
                    if (name.length() == 24 && name.compareTo(first) >= 0 && name.compareTo(last) <= 0) {
                        file(segment);
                    }
                }
            }
        }
    }

    private void folder(Path folder) throws IOException {
        sink.folder(relative(folder));
        try (var children = Files.list(folder)) {
            for (var child : children.sorted().toList()) {
                var name = child.getFileName().toString();
                if (Files.isDirectory(child)) {
                    if (!LEFT_OUT.contains(name)) {
                        folder(child);
                    }
                } else if (!NOT_COPIED.contains(name)) {
                    file(child);
                }
            }
        }
    }

    private void file(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            sink.file(relative(file), Files.size(file), content);
        } catch (NoSuchFileException dropped) {
            // A table that was dropped meanwhile; the log knows.
        }
    }

    private String relative(Path file) {
        return data.relativize(file).toString().replace('\\', '/');
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
