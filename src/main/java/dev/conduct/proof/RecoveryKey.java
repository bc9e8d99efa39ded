package dev.conduct.proof;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePrivateKey;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.util.Bytes;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// The key that opens backups (HPKE, X25519 and AES-256-GCM). Its secret half is kept away from the server; the public
/// half is all that the server has.
@AccessesPartialKey
public final class RecoveryKey {

    private static final String PUBLIC = "conduct-recovery:";
    private static final String SECRET = "conduct-recovery-secret:";
    private static final byte[] PURPOSE = "conduct backup 1".getBytes(StandardCharsets.US_ASCII);
    private static final HpkeParameters PARAMETERS = parameters();

    private final HpkePrivateKey key;

    private RecoveryKey(HpkePrivateKey key) {
        this.key = key;
    }

    /// The half that encrypts.
    public record Public(byte[] raw) {

        /// @throws IllegalArgumentException when the text is not such a key
        public static Public parse(String text) {
            return new Public(decoded(text, PUBLIC));
        }

        byte[] wrapped(byte[] secret) throws GeneralSecurityException {
            var handle = handle(HpkePublicKey.create(PARAMETERS, Bytes.copyFrom(raw), null));
            return handle.getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class)
                    .encrypt(secret, PURPOSE);
        }

        @Override
        public String toString() {
            return PUBLIC + Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Public key && toString().equals(key.toString());
        }

        @Override
        public int hashCode() {
            return toString().hashCode();
        }
    }

    public static RecoveryKey generate() {
        try {
            return new RecoveryKey((HpkePrivateKey)
                    KeysetHandle.generateNew(PARAMETERS).getPrimary().getKey());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key could be made", e);
        }
    }

    /// @throws IllegalArgumentException when the text is not the secret half
    public static RecoveryKey parse(String text) {
        try {
            var secret = decoded(text, SECRET);
            var pair = HpkePrivateKey.create(
                    HpkePublicKey.create(
                            PARAMETERS,
                            Bytes.copyFrom(com.google.crypto.tink.subtle.X25519.publicFromPrivate(secret)),
                            null),
                    SecretBytes.copyFrom(secret, InsecureSecretKeyAccess.get()));
            return new RecoveryKey(pair);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("is not a recovery key", e);
        }
    }

    public Public half() {
        return new Public(key.getPublicKey().getPublicKeyBytes().toByteArray());
    }

    /// As it is written into its file.
    public String secret() {
        var bytes = key.getPrivateKeyBytes().toByteArray(InsecureSecretKeyAccess.get());
        return SECRET + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    byte[] unwrapped(byte[] wrapped) throws GeneralSecurityException {
        return handle(key)
                .getPrimitive(RegistryConfiguration.get(), HybridDecrypt.class)
                .decrypt(wrapped, PURPOSE);
    }

    private static KeysetHandle handle(Key key) throws GeneralSecurityException {
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withRandomId().makePrimary())
                .build();
    }

    private static byte[] decoded(String text, String kind) {
        var line = text.strip();
        if (!line.startsWith(kind)) {
            throw new IllegalArgumentException("reads " + kind + "…, which this does not");
        }
        var raw = Base64.getUrlDecoder().decode(line.substring(kind.length()));
        if (raw.length != 32) {
            throw new IllegalArgumentException("has 32 bytes, this has " + raw.length);
        }
        return raw;
    }

    private static HpkeParameters parameters() {
        try {
            HybridConfig.register();
            return HpkeParameters.builder()
                    .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                    .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                    .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                    .setVariant(HpkeParameters.Variant.NO_PREFIX)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink has HPKE", e);
        }
    }
}
