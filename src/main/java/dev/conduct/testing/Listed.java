package dev.conduct.testing;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Pages of lists for programs: one more is read than is shown, and the last one shown is the cursor.
final class Listed {

    private Listed() {}

    static <T, A> Page<A> page(List<T> read, int limit, Function<T, Object> cursor, Function<T, A> answer) {
        var shown = read.subList(0, Math.min(limit, read.size()));
        return new Page<>(
                shown.stream().map(answer).toList(),
                read.size() <= limit ? null : String.valueOf(cursor.apply(shown.getLast())));
    }

    /// @throws Problem 400 for a cursor that was not given out
    static @Nullable UUID after(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException notOne) {
            throw bad();
        }
    }

    /// @throws Problem 400 for a cursor that was not given out
    static int number(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        } catch (NumberFormatException notOne) {
            throw bad();
        }
    }

    private static Problem bad() {
        return Problem.badInput("cursor", "not_a_cursor", "was not given out here. Begin without one.");
    }

    static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
