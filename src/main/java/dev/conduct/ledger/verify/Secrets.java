package dev.conduct.ledger.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What needs a secret to be made: commitments to values that may be erased, and the codes that guard an event until
/// it is sealed. Both are HMAC-SHA-256.
public final class Secrets {

    private Secrets() {}

    /// The commitment that stands in the entry for a value: `HMAC(salt, field || 0x00 || value)`. Without the salt
    /// it tells nothing about the value, however few values there could be.
    public static byte[] commitment(byte[] salt, String field, String value) {
        var mac = hmac(salt);
        mac.update(field.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
    }

    /// The code of an event, under a key that is not in the database.
    public static byte[] code(byte[] key, byte[] entry) {
        return hmac(key).doFinal(entry);
    }

    private static Mac hmac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
