package dev.conduct.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;

/// A copy of an external database while it is used: the rows of every table as they are in one moment (a repeatable
/// read), in the text form of `copy`, which any PostgreSQL takes in.
public final class RowsOut {

    static final String FOLDER = "database/rows";
    static final String TABLES = "tables";
    static final String SEQUENCES = "sequences";
    static final String VERSION = "version";

    private static final int PIECE = 4 << 20;

    private final Connection connection;
    private final ClusterCopy.Sink sink;

    private RowsOut(Connection connection, ClusterCopy.Sink sink) {
        this.connection = connection;
        this.sink = sink;
    }

    /// A table as it is copied.
    ///
    /// @param name with its schema
    /// @param columns that are written, in their order
    record Table(String name, String columns) {}

    public static void copy(ExternalDatabase database, ClusterCopy.Sink sink) throws IOException, SQLException {
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            new RowsOut(connection, sink).copy();
            connection.rollback();
        }
    }

    private void copy() throws IOException, SQLException {
        sink.folder("database");
        sink.folder(FOLDER);
        try (var statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = 0");
            text(VERSION, lines(statement, """
                    select max(version) from flyway_schema_history where success and version is not null
                    """));
            var tables = tables(statement);
            text(
                    TABLES,
                    tables.stream()
                            .map(table -> table.name() + "\t" + table.columns())
                            .toList());
            var copying = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var i = 0; i < tables.size(); i++) {
                var table = tables.get(i);
                try (var pieces = new Pieces(sink, name(i))) {
                    copying.copyOut("copy " + table.name() + " (" + table.columns() + ") to stdout", pieces);
                }
            }
            text(SEQUENCES, lines(statement, """
                    select format('%I.%I', schemaname, sequencename) || E'\\t' || last_value
                      from pg_sequences
                     where last_value is not null and schemaname not like 'pg\\_%'
                     order by 1
                    """));
        }
    }

    /// What the migrations made and filled, without their own list.
    static List<Table> tables(Statement statement) throws SQLException {
        var tables = new ArrayList<Table>();
        try (var row = statement.executeQuery("""
                select format('%I.%I', n.nspname, c.relname),
                       (select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                          from pg_attribute a
                         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                 where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
                   and c.relname <> 'flyway_schema_history'
                 order by 1
                """)) {
            while (row.next()) {
                tables.add(new Table(row.getString(1), row.getString(2)));
            }
        }
        return tables;
    }

    private static List<String> lines(Statement statement, String sql) throws SQLException {
        var lines = new ArrayList<String>();
        try (var row = statement.executeQuery(sql)) {
            while (row.next()) {
                lines.add(String.valueOf(row.getString(1)));
            }
        }
        return lines;
    }

    private void text(String name, List<String> lines) throws IOException {
        var bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        sink.file(FOLDER + "/" + name, bytes.length, new ByteArrayInputStream(bytes));
    }

    /// The files of a table are named by its place in the list of tables.
    static String name(int table) {
        return String.format(Locale.ROOT, "%04d", table);
    }

    /// Files of a few megabytes, so that nothing lies on the disk unencrypted and little in memory.
    private static final class Pieces extends OutputStream {

        private final ClusterCopy.Sink sink;
        private final String name;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private int written;

        Pieces(ClusterCopy.Sink sink, String name) {
            this.sink = sink;
            this.name = name;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int from = offset, left = length; left > 0; ) {
                var some = Math.min(left, PIECE - filled);
                System.arraycopy(bytes, from, piece, filled, some);
                filled += some;
                from += some;
                left -= some;
                if (filled == PIECE) {
                    end();
                }
            }
        }

        private void end() throws IOException {
            var file = String.format(Locale.ROOT, "%s/%s.%06d", FOLDER, name, written++);
            sink.file(file, filled, new ByteArrayInputStream(Arrays.copyOf(piece, filled)));
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (filled > 0) {
                end();
            }
        }
    }
}
