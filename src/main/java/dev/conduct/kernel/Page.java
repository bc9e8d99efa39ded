package dev.conduct.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A keyset page of a list.
///
/// @param next opaque cursor of the following page, null on the last
public record Page<T>(List<T> items, @Nullable String next) {

    public static final int MOST = 200;
    public static final int USUAL = 50;

    /// The limit a caller asked for, held between 1 and 200.
    public static int limit(@Nullable Integer asked) {
        return asked == null ? USUAL : Math.clamp(asked, 1, MOST);
    }
}
