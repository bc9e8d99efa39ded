package dev.conduct.keys;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/// Encrypts files as they stream by: each under a key of its own (AES-256-GCM in segments of 64 KB, the last one known
/// as the last), which stands at its head, wrapped and bound to the file's name. Bringing a file under a new key
/// rewrites the head and copies the rest.
@Component
public class SealedFiles {

    private static final byte[] FORM = "CONDUCT FILE 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;
    private static final int SEGMENT = 64 * 1024;
    /// Prefix, nonce, key and tag.
    private static final int WRAPPED = Secrets.PREFIX + 12 + KEY + 16;

    /// How long the head of every file is.
    public static final int HEAD = FORM.length + WRAPPED;

    private final Secrets secrets;
    private final Keysets keysets;

    SealedFiles(Secrets secrets, Keysets keysets) {
        this.secrets = secrets;
        this.keysets = keysets;
    }

    /// A file in the making. Its head is known when its name is, which may be after its content.
    public final class Draft {

        private final byte[] key = new byte[KEY];

        private Draft() {
            new SecureRandom().nextBytes(key);
        }

        /// What is written to it is encrypted to `out`, after room for the head was left there. Ends with its close.
        public OutputStream content(OutputStream out) throws IOException {
            try {
                return streaming(key).newEncryptingStream(out, FORM);
            } catch (GeneralSecurityException failure) {
                throw new IOException("the file cannot be encrypted", failure);
            }
        }

        public byte[] head(String name) {
            return headOf(key, name);
        }
    }

    public Draft draft() {
        return new Draft();
    }

    /// The key under which files are written now.
    public long newest() {
        return keysets.of(Purpose.FILES).primary();
    }

    /// Under which key a file lies; [SealedStore#PLAIN] when it is not encrypted.
    public long keyOf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(HEAD);
            return isHead(head) ? Secrets.keyOf(wrapped(head)) : SealedStore.PLAIN;
        }
    }

    /// The content as it was before it was encrypted; of a file that never was, as it is.
    ///
    /// @throws IOException also while reading, when the file was changed or cut
    public InputStream open(Path file, String name) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file), SEGMENT);
        try {
            in.mark(HEAD);
            var head = new DataInputStream(in).readNBytes(HEAD);
            if (!isHead(head)) {
                in.reset();
                return in;
            }
            return streaming(keyIn(head, name)).newDecryptingStream(in, FORM);
        } catch (GeneralSecurityException | IllegalStateException changed) {
            in.close();
            throw new IOException("the file " + name + " was changed, or its key is another", changed);
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    /// Writes the file under the newest key to another place.
    public void renew(Path file, String name, OutputStream to) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var head = in.readNBytes(HEAD);
            if (isHead(head)) {
                to.write(headOf(keyIn(head, name), name));
                in.transferTo(to);
                return;
            }
        }
        var draft = draft();
        to.write(draft.head(name));
        try (var in = Files.newInputStream(file);
                var out = draft.content(to)) {
            in.transferTo(out);
        }
    }

    private byte[] headOf(byte[] key, String name) {
        var wrapped = secrets.seal(Purpose.FILES, key, "attachments", "content", name);
        return ByteBuffer.allocate(HEAD).put(FORM).put(wrapped).array();
    }

    private byte[] keyIn(byte[] head, String name) {
        return secrets.open(Purpose.FILES, wrapped(head), "attachments", "content", name);
    }

    private static byte[] wrapped(byte[] head) {
        return Arrays.copyOfRange(head, FORM.length, HEAD);
    }

    private static boolean isHead(byte[] head) {
        return head.length == HEAD && Arrays.equals(head, 0, FORM.length, FORM, 0, FORM.length);
    }

    private static AesGcmHkdfStreaming streaming(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY, SEGMENT, 0);
    }
}
