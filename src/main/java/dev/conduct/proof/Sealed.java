package dev.conduct.proof;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import dev.conduct.database.StartRefused;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/// The envelope of a backup: a line that names the form, the public half of the recovery key, the key of this file
/// under it, and then the content in segments of 1 MB, each authenticated, the last one known as the last.
final class Sealed {

    private static final byte[] FORM = "CONDUCT BACKUP 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SEGMENT = 1 << 20;
    private static final int KEY = 32;

    private Sealed() {}

    static OutputStream writing(OutputStream out, RecoveryKey.Public key) throws IOException {
        try {
            var secret = new byte[KEY];
            new SecureRandom().nextBytes(secret);
            var wrapped = key.wrapped(secret);
            var head = new DataOutputStream(out);
            head.write(FORM);
            head.write(key.raw());
            head.writeShort(wrapped.length);
            head.write(wrapped);
            head.flush();
            return streaming(secret).newEncryptingStream(out, key.raw());
        } catch (GeneralSecurityException e) {
            throw new IOException("the backup cannot be encrypted", e);
        }
    }

    /// @throws StartRefused when this is no backup, or one for another key
    static InputStream reading(InputStream in, RecoveryKey key) throws IOException {
        var head = new DataInputStream(in);
        try {
            if (!Arrays.equals(head.readNBytes(FORM.length), FORM)) {
                throw new StartRefused("This file is not a backup of Conduct.");
            }
            var made = new RecoveryKey.Public(head.readNBytes(KEY));
            if (!made.equals(key.half())) {
                throw new StartRefused(
                        "This backup was made for the recovery key " + made + "; the key given belongs to " + key.half()
                                + ". Give the secret half of the first with --key.");
            }
            var secret = key.unwrapped(head.readNBytes(head.readUnsignedShort()));
            return streaming(secret).newDecryptingStream(in, made.raw());
        } catch (GeneralSecurityException | EOFException e) {
            throw new StartRefused("The head of this backup is damaged: " + e.getMessage() + ".", e);
        }
    }

    private static AesGcmHkdfStreaming streaming(byte[] secret) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(secret, "HmacSha256", KEY, SEGMENT, 0);
    }
}
