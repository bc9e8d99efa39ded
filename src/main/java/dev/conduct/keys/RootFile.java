package dev.conduct.keys;

import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The root key in a file of the key folder, 0600: one line, `conduct-root:` and 32 bytes.
final class RootFile {

    static final String FILE = "root.key";

    private static final String MARK = "conduct-root:";
    private static final int BYTES = 32;
    private static final int LETTERS = 43;

    private RootFile() {}

    /// @param needed true when something is wrapped by it already, so that a new one would not do
    static RootKey open(Path folder, boolean needed) throws IOException, GeneralSecurityException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            if (needed) {
                throw new StartRefused(
                        "The root key " + file + " is missing, and the database holds what only it opens."
                                + " Put it back from your copy of the keys, or from the recovery kit: ./conduct keys"
                                + " restore-kit FILE.");
            }
            write(file, fresh());
        }
        var bytes = read(file);
        return key("file", bytes, file.toString());
    }

    static byte[] fresh() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    static void write(Path file, byte[] bytes) throws IOException {
        KeyFile.create(file, text(bytes) + "\n");
    }

    static byte[] read(Path file) throws IOException {
        try {
            return bytes(KeyFile.read(file));
        } catch (IllegalArgumentException damaged) {
            throw new StartRefused(
                    "The root key " + file + " " + damaged.getMessage() + ". Put it back from your copy of the keys.");
        }
    }

    static String text(byte[] bytes) {
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// @throws IllegalArgumentException says in words why it is none
    static byte[] bytes(String text) {
        var line = text.strip();
        if (!line.startsWith(MARK)) {
            throw new IllegalArgumentException("does not begin with " + MARK);
        }
        var letters = line.substring(MARK.length());
        if (letters.length() != LETTERS) {
            throw new IllegalArgumentException("has " + letters.length() + " letters instead of " + LETTERS);
        }
        return Base64.getUrlDecoder().decode(letters);
    }

    static RootKey key(String provider, byte[] bytes, String where) throws GeneralSecurityException {
        AeadConfig.register();
        return new RootKey(provider, id(bytes), where, new AesGcmJce(bytes));
    }

    /// The first bytes of a digest of it: 32 random bytes cannot be guessed back from that.
    static String id(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update("conduct root id".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), 6));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
