package dev.conduct.keys;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// The root key in a file of the key folder, encrypted under a passphrase that only people know (Argon2id, 256 MiB,
/// three passes: it is asked for once a start). One line: `conduct-root-sealed:SALT:CIPHERTEXT`.
public final class RootPassphrase {

    static final String FILE = "root.sealed";
    static final int SHORTEST = 12;

    private static final String MARK = "conduct-root-sealed";
    private static final byte[] PURPOSE = "conduct root 1".getBytes(StandardCharsets.US_ASCII);
    private static final int MEMORY_KIB = 256 * 1024;
    private static final int PASSES = 3;

    private RootPassphrase() {}

    /// The root key as it is written into its file; empty when it was sealed with another passphrase.
    public static Optional<String> unsealed(Path folder, String passphrase) throws IOException {
        try {
            return Optional.of(RootFile.text(opened(folder.resolve(FILE), passphrase)));
        } catch (GeneralSecurityException wrong) {
            return Optional.empty();
        }
    }

    /// Whether there is anything to unseal.
    public static boolean sealed(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    static RootKey open(Path folder, String passphrase, boolean needed) throws IOException, GeneralSecurityException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            if (needed) {
                throw new StartRefused(
                        "The sealed root key " + file + " is missing, and the database holds what only it"
                                + " opens. Put it back from your copy of the keys.");
            }
            seal(file, RootFile.fresh(), passphrase);
        }
        try {
            return RootFile.key("passphrase", opened(file, passphrase), file.toString());
        } catch (GeneralSecurityException wrong) {
            throw new StartRefused("The passphrase does not open " + file + ". Check CONDUCT_ROOT_PASSPHRASE.");
        }
    }

    static void seal(Path file, byte[] root, String passphrase) throws IOException, GeneralSecurityException {
        if (passphrase.codePointCount(0, passphrase.length()) < SHORTEST) {
            throw new StartRefused("The passphrase is too short. Choose one of at least " + SHORTEST + " characters.");
        }
        var salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        var sealed = new AesGcmJce(stretched(passphrase, salt)).encrypt(root, PURPOSE);
        var base64 = Base64.getUrlEncoder().withoutPadding();
        KeyFile.create(file, MARK + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(sealed) + "\n");
    }

    private static byte[] opened(Path file, String passphrase) throws IOException, GeneralSecurityException {
        var parts = KeyFile.read(file).strip().split(":");
        if (parts.length != 3 || !parts[0].equals(MARK)) {
            throw new StartRefused(
                    "The sealed root key " + file + " is damaged. Put it back from your copy of the keys.");
        }
        var base64 = Base64.getUrlDecoder();
        return new AesGcmJce(stretched(passphrase, base64.decode(parts[1]))).decrypt(base64.decode(parts[2]), PURPOSE);
    }

    private static byte[] stretched(String passphrase, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .build());
        var key = new byte[32];
        generator.generateBytes(
                java.text.Normalizer.normalize(passphrase, java.text.Normalizer.Form.NFC)
                        .getBytes(StandardCharsets.UTF_8),
                key);
        return key;
    }
}
