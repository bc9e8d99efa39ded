package dev.conduct.checks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/// SHA-256 of rows as the database writes them, in the order they come: two databases that give the same rows give the
/// same. Each value goes in with its length, so that what stands in one column is not taken for another.
final class RowChecksum {

    private static final int NOTHING = -1;

    private final MessageDigest digest;

    RowChecksum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void add(ResultSet row) throws SQLException {
        var columns = row.getMetaData().getColumnCount();
        length(columns);
        for (var column = 1; column <= columns; column++) {
            var value = row.getString(column);
            if (value == null) {
                length(NOTHING);
            } else {
                var bytes = value.getBytes(StandardCharsets.UTF_8);
                length(bytes.length);
                digest.update(bytes);
            }
        }
    }

    private void length(int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    }

    /// 64 hexadecimal digits.
    String end() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
