package dev.conduct.identity;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time-based one-time passwords (RFC 6238): steps of 30 seconds. Authenticator apps use SHA-1 and six digits.
///
/// @param algorithm name of the JDK's MAC, `HmacSHA1`
record Totp(byte[] key, String algorithm, int digits) {

    static final int SECONDS = 30;
    /// Steps before and after the present one that are accepted: clocks differ, and typing takes time.
    private static final int DRIFT = 1;

    static Totp authenticator(byte[] key) {
        return new Totp(key, "HmacSHA1", 6);
    }

    static long counter(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SECONDS);
    }

    String at(long counter) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            var hash = mac.doFinal(ByteBuffer.allocate(8).putLong(counter).array());
            var offset = hash[hash.length - 1] & 0xF;
            var number = ByteBuffer.wrap(hash).getInt(offset) & 0x7FFF_FFFF;
            return String.format("%0" + digits + "d", number % Math.powExact(10, digits));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// The step this code belongs to, when it is a present one.
    OptionalLong match(String code, Instant now) {
        var present = counter(now);
        for (var counter = present - DRIFT; counter <= present + DRIFT; counter++) {
            if (at(counter).equals(code)) {
                return OptionalLong.of(counter);
            }
        }
        return OptionalLong.empty();
    }
}
