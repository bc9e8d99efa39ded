package dev.conduct.identity;

import java.util.Map;

/// The products that roles can be held for. Whoever keeps the products supplies them.
public interface KnownProducts {

    /// Names by key, in the order of the keys.
    Map<String, String> names();
}
