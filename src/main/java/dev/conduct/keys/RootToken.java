package dev.conduct.keys;

import com.google.crypto.tink.Aead;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;

/// The root key in a PKCS#11 token (a hardware security module), which it never leaves: wrapping and unwrapping happen
/// in the token.
final class RootToken {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private RootToken() {}

    static RootKey open(KeySettings.Pkcs11 settings, boolean needed) throws GeneralSecurityException {
        var config = settings.config();
        var pin = settings.pin();
        if (config == null || pin == null) {
            throw new StartRefused("The root key is in a PKCS#11 token: set CONDUCT_ROOT_PKCS11_CONFIG to a file with"
                    + " the name, the library and the slot of it, and CONDUCT_ROOT_PKCS11_PIN.");
        }
        try {
            var provider = Security.getProvider("SunPKCS11").configure(config.toString());
            var store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin.toCharArray());
            var key = store.getKey(settings.label(), null);
            if (key == null && needed) {
                throw new StartRefused("The token has no key '" + settings.label()
                        + "', and the database holds what only it opens. Set CONDUCT_ROOT_PKCS11_LABEL, or connect the"
                        + " token that has it.");
            }
            var root = key == null ? made(store, settings.label(), provider) : key;
            return new RootKey(
                    "pkcs11",
                    settings.label(),
                    provider.getName() + ", key " + settings.label(),
                    new InToken(root, provider));
        } catch (IOException | java.security.ProviderException | java.security.InvalidParameterException unreachable) {
            throw new StartRefused(
                    "The PKCS#11 token of " + config + " cannot be used: " + unreachable.getMessage(), unreachable);
        }
    }

    private static Key made(KeyStore store, String label, Provider provider)
            throws GeneralSecurityException, IOException {
        var generator = KeyGenerator.getInstance("AES", provider);
        generator.init(256);
        store.setKeyEntry(label, generator.generateKey(), null, null);
        return store.getKey(label, null);
    }

    private record InToken(Key key, Provider provider) implements Aead {

        @Override
        public byte[] encrypt(byte[] plain, byte[] associated) throws GeneralSecurityException {
            var nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
            var whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return whole;
        }

        @Override
        public byte[] decrypt(byte[] whole, byte[] associated) throws GeneralSecurityException {
            if (whole.length < NONCE) {
                throw new GeneralSecurityException("too short");
            }
            var nonce = Arrays.copyOf(whole, NONCE);
            return cipher(Cipher.DECRYPT_MODE, nonce, associated).doFinal(whole, NONCE, whole.length - NONCE);
        }

        private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            return cipher;
        }
    }
}
