package dev.conduct.database;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// For whom the database is read, told to every connection before it reads items: the policies of the tables are the
/// second lock behind the conditions of the statements. A thread that answers a request reads for whoever sent it, and
/// for nobody until that is known; every other thread does the system's own work. A connection that was told nothing
/// sees nothing.
public final class Readers {

    /// What the policies ask for.
    ///
    /// @param reach `system`, `company`, `products`, `outside`, or `nobody`
    /// @param names as which they may stand in a list of readers, as an array of PostgreSQL
    /// @param products that they hold a role for, likewise
    public record Reader(String reach, String actor, String organisation, String names, String products) {

        /// True when a connection that was told of this one answers the other as well.
        boolean serves(Reader other) {
            return other.reachAlone() ? reach.equals(other.reach) : equals(other);
        }

        /// True when a connection that was told of this one needs to hear of the other's reach alone.
        boolean differsInReach(Reader other) {
            return other.reachAlone() || reaching(other.reach).equals(other);
        }

        Reader reaching(String otherReach) {
            return new Reader(otherReach, actor, organisation, names, products);
        }

        /// The policies look at nothing else.
        private boolean reachAlone() {
            return reach.equals(SYSTEM.reach) || reach.equals(NOBODY.reach);
        }
    }

    private static final Reader SYSTEM = new Reader("system", "", "", "{}", "{}");
    private static final Reader NOBODY = new Reader("nobody", "", "", "{}", "{}");

    private final ThreadLocal<@Nullable Reader> current = new ThreadLocal<>();

    /// From here on this thread answers a request of nobody known.
    public void begin() {
        current.set(NOBODY);
    }

    /// Of this reader.
    public void is(Reader reader) {
        current.set(reader);
    }

    /// It does the system's own work again.
    public void end() {
        current.remove();
    }

    /// Work of the system inside a request: what is counted for everybody, what an import finds here already.
    public <T> T system(Supplier<T> work) {
        var before = current.get();
        current.set(SYSTEM);
        try {
            return work.get();
        } finally {
            if (before == null) {
                current.remove();
            } else {
                current.set(before);
            }
        }
    }

    Reader current() {
        return Objects.requireNonNullElse(current.get(), SYSTEM);
    }
}
