package dev.conduct.keys;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keys of subjects in memory. One that is known to be destroyed stays so: whoever read it before, and puts it here
/// after, does not bring it back.
final class KnownKeys {

    private final Map<String, Key> byName = new ConcurrentHashMap<>();
    private final Map<Long, Key> byId = new ConcurrentHashMap<>();

    /// @param aead null once the key was destroyed
    record Key(long id, String name, @Nullable AesGcmJce aead) {}

    boolean isEmpty() {
        return byId.isEmpty();
    }

    @Nullable
    Key of(long id) {
        return byId.get(id);
    }

    @Nullable
    Key of(String name) {
        return byName.get(name);
    }

    /// @return the one that is known from now on
    Key keep(Key key) {
        byName.merge(key.name(), key, KnownKeys::lasting);
        return byId.merge(key.id(), key, KnownKeys::lasting);
    }

    void drop(long id, String name) {
        byId.remove(id);
        byName.remove(name);
    }

    void forget() {
        byName.clear();
        byId.clear();
    }

    private static Key lasting(Key known, Key read) {
        return known.aead() == null ? known : read;
    }
}
