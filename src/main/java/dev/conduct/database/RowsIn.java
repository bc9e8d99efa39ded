package dev.conduct.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Puts a copy made by [RowsOut] into an empty database: the tables as the migrations of that time make them, then
/// every row in one transaction. What cannot be put back whole leaves the database as empty as it was.
public final class RowsIn {

    private final Connection connection;
    private final Path rows;

    private RowsIn(Connection connection, Path rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /// Whether a restored data folder holds such a copy.
    public static boolean restored(Path data) {
        return Files.isDirectory(data.resolve(RowsOut.FOLDER));
    }

    /// @param into null for an embedded one, in the restored folder itself
    /// @param data the restored folder, from which the rows go once the database has them
    /// @throws StartRefused when the database is not empty, or the copy is of a newer version than this one
    public static void load(@Nullable ExternalDatabase into, Path data) throws IOException, SQLException {
        var rows = data.resolve(RowsOut.FOLDER);
        var external = into == null
                ? new DatabaseSettings.External(null, null, null, new DatabaseSettings.App(null, null))
                : into.settings();
        var folder = new DataFolder(data, null);
        try (var database = Database.open(folder, new DatabaseSettings(data, null, false, external));
                var connection = database.owner().dataSource().getConnection()) {
            requireEmpty(connection);
            var role = AppRole.of(database, folder, external.app());
            try {
                migrate(
                        database.owner(),
                        role,
                        Files.readString(rows.resolve(RowsOut.VERSION)).strip());
                connection.setAutoCommit(false);
                new RowsIn(connection, rows).load();
                connection.commit();
            } catch (SQLException | IOException | RuntimeException failure) {
                connection.rollback();
                connection.setAutoCommit(true);
                empty(connection);
                throw failure;
            }
        }
        PrivateFiles.deleteTree(rows);
    }

    private static void requireEmpty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var tables = RowsOut.tables(statement);
            if (!tables.isEmpty()) {
                throw new StartRefused("The database of CONDUCT_DB_URL is not empty: it has "
                        + tables.getFirst().name() + ". Restore into a new one.");
            }
        }
    }

    private static void migrate(Access into, AppRole role, String version) {
        var flyway = Flyway.configure()
                .dataSource(into.dataSource())
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .placeholders(Map.of("app_role", role.name()))
                .target(version)
                .load();
        var known = java.util.Arrays.stream(flyway.info().all())
                .anyMatch(migration -> version.equals(String.valueOf(migration.getVersion())));
        if (!known) {
            throw new StartRefused("The backup is of another version of Conduct (its tables are of " + version
                    + "). Restore it with that version, or a newer one.");
        }
        flyway.migrate();
    }

    private void load() throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = 0");
            var there = RowsOut.tables(statement);
            var copied = copied();
            if (!new HashSet<>(there).equals(new HashSet<>(copied))) {
                throw new StartRefused("The tables of the backup are not those of its version; nothing was restored.");
            }
            for (var table : there) {
                statement.execute("alter table " + table.name() + " disable trigger user");
            }
            // What the migrations wrote is in the copy too, as it became.
            statement.execute("truncate "
                    + String.join(", ", there.stream().map(RowsOut.Table::name).toList()));
            for (var table : ordered(statement, copied)) {
                copy(table, copied.indexOf(table));
            }
            for (var table : there) {
                statement.execute("alter table " + table.name() + " enable trigger user");
            }
            for (var line : lines(RowsOut.SEQUENCES)) {
                var parts = line.split("\t");
                try (var set = connection.prepareStatement("select setval(?::regclass, ?)")) {
                    set.setString(1, parts[0]);
                    set.setLong(2, Long.parseLong(parts[1]));
                    set.execute();
                }
            }
            statement.execute("analyze");
        }
    }

    private List<RowsOut.Table> copied() throws IOException {
        return lines(RowsOut.TABLES).stream()
                .map(line -> line.split("\t", 2))
                .map(parts -> new RowsOut.Table(parts[0], parts[1]))
                .toList();
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(rows.resolve(name)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void copy(RowsOut.Table table, int place) throws SQLException, IOException {
        var pieces = new ArrayList<InputStream>();
        try (var files = Files.list(rows)) {
            for (var file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(RowsOut.name(place) + ".")) {
                    pieces.add(new Piece(file));
                }
            }
        }
        try (var all = new SequenceInputStream(Collections.enumeration(pieces))) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table.name() + " (" + table.columns() + ") from stdin", all);
        }
    }

    /// Opened when its turn comes.
    private static final class Piece extends InputStream {

        private final Path file;
        private @Nullable InputStream content;

        Piece(Path file) {
            this.file = file;
        }

        private InputStream content() throws IOException {
            if (content == null) {
                content = Files.newInputStream(file);
            }
            return content;
        }

        @Override
        public int read() throws IOException {
            return content().read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return content().read(into, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (content != null) {
                content.close();
            }
        }
    }

    /// Those that others refer to come first.
    private static List<RowsOut.Table> ordered(Statement statement, List<RowsOut.Table> tables) throws SQLException {
        var refers = new HashMap<String, Set<String>>();
        try (var row = statement.executeQuery("""
                select format('%I.%I', n.nspname, c.relname), format('%I.%I', m.nspname, d.relname)
                  from pg_constraint f
                  join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
                  join pg_class d on d.oid = f.confrelid join pg_namespace m on m.oid = d.relnamespace
                 where f.contype = 'f' and c.oid <> d.oid
                """)) {
            while (row.next()) {
                refers.computeIfAbsent(row.getString(1), none -> new HashSet<>())
                        .add(row.getString(2));
            }
        }
        var ordered = new ArrayList<RowsOut.Table>();
        var done = new HashSet<String>();
        while (ordered.size() < tables.size()) {
            var ready = tables.stream()
                    .filter(table -> !done.contains(table.name()))
                    .filter(table -> done.containsAll(refers.getOrDefault(table.name(), Set.of())))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle");
            }
            ready.forEach(table -> done.add(table.name()));
            ordered.addAll(ready);
        }
        return ordered;
    }

    private static void empty(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var schemas = new ArrayList<String>();
            try (var row = statement.executeQuery("""
                    select quote_ident(nspname) from pg_namespace
                     where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public')
                    """)) {
                while (row.next()) {
                    schemas.add(row.getString(1));
                }
            }
            for (var schema : schemas) {
                statement.execute("drop schema " + schema + " cascade");
            }
            statement.execute("drop table if exists public.flyway_schema_history");
        }
    }
}
