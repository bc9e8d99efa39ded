package dev.conduct.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Encrypts what the server itself must be able to read back: AES-256-GCM, each value bound to its installation,
/// table, column and row, so that it opens nowhere else. Whoever keeps such a value has a bean made by
/// [SealedColumns]: what no bean names is not brought under the next key, and is lost with the old one.
@Component
public class Secrets {

    /// Before a ciphertext stand one byte and the id of its key.
    static final int PREFIX = 5;

    private final Keysets keysets;
    private volatile @Nullable Ready ready;

    Secrets(Keysets keysets) {
        this.keysets = keysets;
    }

    private record Ready(Keysets.Held held, Aead aead) {}

    public byte[] seal(String value, String table, String column, Object row) {
        return seal(Purpose.SECRETS, value.getBytes(StandardCharsets.UTF_8), table, column, row);
    }

    public String open(byte[] sealed, String table, String column, Object row) {
        return new String(open(Purpose.SECRETS, sealed, table, column, row), StandardCharsets.UTF_8);
    }

    public byte[] seal(byte[] value, String table, String column, Object row) {
        return seal(Purpose.SECRETS, value, table, column, row);
    }

    public byte[] openBytes(byte[] sealed, String table, String column, Object row) {
        return open(Purpose.SECRETS, sealed, table, column, row);
    }

    /// What stands before everything that the newest key closed.
    public byte[] head() {
        return SealedColumns.prefix(keysets.of(Purpose.SECRETS).primary());
    }

    byte[] seal(Purpose purpose, byte[] value, String table, String column, Object row) {
        try {
            return aead(purpose, keysets.of(purpose)).encrypt(value, place(table, column, row));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot encrypt " + table + "." + column, failure);
        }
    }

    byte[] open(Purpose purpose, byte[] sealed, String table, String column, Object row) {
        try {
            var held = keysets.of(purpose);
            // Another node may have begun a key since this one looked.
            var current = held.ids().contains(keyOf(sealed)) ? held : keysets.reread(purpose);
            return aead(purpose, current).decrypt(sealed, place(table, column, row));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(
                    "cannot decrypt " + table + "." + column + " of " + row
                            + ": it was written under another key, or moved from another row",
                    failure);
        }
    }

    /// The id of the key that closed it; -1 for what no key closed.
    static long keyOf(byte[] sealed) {
        return sealed.length >= PREFIX && sealed[0] == 1
                ? Integer.toUnsignedLong(ByteBuffer.wrap(sealed, 1, 4).getInt())
                : -1;
    }

    private Aead aead(Purpose purpose, Keysets.Held held) throws GeneralSecurityException {
        var known = ready;
        if (known != null && known.held() == held) {
            return known.aead();
        }
        var made = held.keyset().getPrimitive(RegistryConfiguration.get(), Aead.class);
        if (purpose == Purpose.SECRETS) {
            ready = new Ready(held, made);
        }
        return made;
    }

    private byte[] place(String table, String column, Object row) {
        return (keysets.installation() + "|" + table + "|" + column + "|" + row).getBytes(StandardCharsets.UTF_8);
    }
}
