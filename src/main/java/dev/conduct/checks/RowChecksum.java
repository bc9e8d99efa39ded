package dev.conduct.checks;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/// One number for many rows: two databases that give the same rows give the same, in whatever order. A copy
/// that sorts by other rules, or that was packed anew, gives them in another. Each row counts with the SHA-256
/// of its values as the database writes them, each value with its length, so that what stands in one column is
/// not taken for another; the sum of all is summed up once more with how many there were. It finds what went
/// wrong, and holds nobody off who forges rows.
final class RowChecksum {

    private static final int NOTHING = -1;
    private static final int DIGEST = 32;
    private static final BigInteger ALL = BigInteger.ONE.shiftLeft(8 * DIGEST);

    private final MessageDigest digest;
    private BigInteger sum = BigInteger.ZERO;
    private long rows;

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
        sum = sum.add(new BigInteger(1, digest.digest())).mod(ALL);
        rows++;
    }

    private void length(int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    }

    /// 64 hexadecimal digits.
    String end() {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(rows).flip());
        return HexFormat.of().formatHex(digest.digest(sum.toByteArray()));
    }
}
