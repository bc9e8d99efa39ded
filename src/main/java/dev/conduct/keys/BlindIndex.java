package dev.conduct.keys;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Codes (HMAC-SHA-256) by which an encrypted value is found again: equal values of one place have equal codes, and
/// without the key nothing can be said about the value. Upper and lower case and the ways to write an accent are one.
@Component
public class BlindIndex {

    private final Keysets keysets;

    BlindIndex(Keysets keysets) {
        this.keysets = keysets;
    }

    /// To be stored beside the value.
    ///
    /// @param place table and column, so that equal values of two columns cannot be joined
    public byte[] of(String place, String value) {
        return code(keysets.of(Purpose.INDEXES).keyset(), place, value);
    }

    /// To look for: one code for each key that may still stand in rows while a new one is being brought in.
    public List<byte[]> all(String place, String value) {
        var keyset = keysets.of(Purpose.INDEXES).keyset();
        var codes = new ArrayList<byte[]>();
        try {
            for (var i = 0; i < keyset.size(); i++) {
                var entry = keyset.getAt(i);
                var alone = KeysetHandle.newBuilder()
                        .addEntry(KeysetHandle.importKey(entry.getKey())
                                .withFixedId(entry.getId())
                                .makePrimary())
                        .build();
                codes.add(code(alone, place, value));
            }
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot look up " + place, failure);
        }
        return codes;
    }

    /// What stands before every code of the newest key.
    public byte[] head() {
        return SealedColumns.prefix(keysets.of(Purpose.INDEXES).primary());
    }

    private static byte[] code(KeysetHandle keyset, String place, String value) {
        var normal = Normalizer.normalize(value.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        try {
            return keyset.getPrimitive(RegistryConfiguration.get(), Mac.class)
                    .computeMac((place + "|" + normal).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("cannot look up " + place, failure);
        }
    }
}
