package dev.conduct.quality;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows on their way into a table by PostgreSQL's COPY, in its text format.
final class CopyRows {

    private static final int FULL = 1 << 16;

    private final CopyIn copy;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(FULL + 8192);
    private final StringBuilder row = new StringBuilder();

    /// @param columns the table and its columns
    CopyRows(PGConnection connection, String columns) throws SQLException {
        copy = connection.getCopyAPI().copyIn("copy " + columns + " from stdin");
    }

    /// @param cells texts, numbers, booleans, bytes, or null
    void add(@Nullable Object... cells) throws SQLException {
        for (var i = 0; i < cells.length; i++) {
            row.append(i == 0 ? "" : "\t");
            cell(cells[i]);
        }
        row.append('\n');
        bytes.writeBytes(row.toString().getBytes(StandardCharsets.UTF_8));
        row.setLength(0);
        if (bytes.size() >= FULL) {
            flush();
        }
    }

    private void cell(@Nullable Object value) {
        switch (value) {
            case null -> row.append("\\N");
            case byte[] raw -> row.append("\\\\x").append(HexFormat.of().formatHex(raw));
            case String text -> text(text);
            default -> row.append(value);
        }
    }

    private void text(String text) {
        for (var i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            switch (letter) {
                case '\\' -> row.append("\\\\");
                case '\n' -> row.append("\\n");
                case '\r' -> row.append("\\r");
                case '\t' -> row.append("\\t");
                default -> row.append(letter);
            }
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
    }

    void end() throws SQLException {
        flush();
        copy.endCopy();
    }

    /// Gives the connection back to other statements, so that the transaction can be rolled back.
    void cancel() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
