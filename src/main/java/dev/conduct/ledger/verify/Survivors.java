package dev.conduct.ledger.verify;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The events of a ledger that does not continue what was signed: those that are still as they were recorded, in the
/// order in which they were sealed.
public final class Survivors {

    private Survivors() {}

    /// @param index where it was sealed
    /// @param leaf hash of its bytes; null when it is not there any more
    /// @param says why it is not as it was recorded; null when it is
    public record Survivor(
            long index,
            long row,
            byte @Nullable [] leaf,
            @Nullable String says) {}

    public interface Receiver {
        void accept(Survivor survivor) throws SQLException;
    }

    /// Within the transaction that is open.
    public static void read(Connection connection, byte[] mac, Receiver receiver) throws SQLException {
        try {
            new SealedEntries(connection, mac, null).read(Long.MIN_VALUE, Long.MAX_VALUE, checked -> {
                var stored = checked.stored();
                var entry = stored.entry();
                if (entry == null) {
                    receiver.accept(new Survivor(stored.index(), stored.row(), null, checked.says()));
                    return;
                }
                // The event itself is asked, not its old place: the leaf may be what was changed.
                var leaf = Merkle.leaf(entry);
                receiver.accept(new Survivor(
                        stored.index(),
                        stored.row(),
                        leaf,
                        stored.at(leaf).checked(mac).says()));
            });
        } catch (Broken e) {
            throw new IllegalStateException("nothing is refused here", e);
        }
    }
}
