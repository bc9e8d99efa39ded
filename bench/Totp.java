import java.nio.ByteBuffer;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The code an authenticator would show (RFC 6238, SHA-1, six digits, 30 seconds).
final class Totp {

    private Totp() {}

    static String code(String base32, long unixSeconds) throws Exception {
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(decode(base32), "HmacSHA1"));
        var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(unixSeconds / 30).array());
        var offset = hash[hash.length - 1] & 0xF;
        var number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7FFF_FFFF;
        return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    }

    private static byte[] decode(String base32) {
        var bits = 0L;
        var held = 0;
        var out = ByteBuffer.allocate(base32.length() * 5 / 8 + 1);
        for (var c : base32.toUpperCase(Locale.ROOT).replaceAll("[^A-Z2-7]", "").toCharArray()) {
            bits = (bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            held += 5;
            if (held >= 8) {
                out.put((byte) (bits >> (held - 8)));
                held -= 8;
            }
        }
        out.flip();
        var bytes = new byte[out.remaining()];
        out.get(bytes);
        return bytes;
    }
}
