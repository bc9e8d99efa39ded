package dev.conduct.importer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An import as a whole, or its undoing.
///
/// @param actor who asked for it
/// @param files their names
/// @param undoing true from the moment its undoing was asked for
/// @param expected records that the rehearsal counted, or items to withdraw; 0 when nobody counted
/// @param handled how many of them are done with
/// @param account null until it has run
/// @param undone null until it has been undone
/// @param trouble why it failed
record Run(
        UUID id,
        String actor,
        ImportFormat format,
        String product,
        List<String> files,
        boolean undoing,
        State state,
        Instant askedAt,
        @Nullable Instant endedAt,
        long expected,
        long handled,
        @Nullable LossAccount account,
        @Nullable Undone undone,
        @Nullable String undoer,
        @Nullable String trouble) {

    static final int MOST_LEFT = 1_000;

    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /// @param withdrawn how many items are gone from lists and search
    /// @param kept those that stay, and why: the first thousand
    record Undone(long withdrawn, long left, List<Left> kept) {}

    record Left(String key, String why) {}

    boolean busy() {
        return state == State.WAITING || state == State.RUNNING;
    }

    boolean canBeUndone() {
        return state == State.DONE && !undoing && account != null && account.imported() > 0;
    }

    /// Of a hundred, for the bar.
    long percent() {
        return expected == 0 ? 0 : Math.min(100, 100 * handled / expected);
    }

    /// A word and a tone for it.
    String says() {
        return switch (state) {
            case WAITING -> undoing ? "Undo waits" : "Waits";
            case RUNNING -> undoing ? "Being undone" : "Running";
            case DONE -> undoing ? "Undone" : "Done";
            case FAILED -> undoing ? "Undo failed" : "Failed";
        };
    }

    String tone() {
        return switch (state) {
            case WAITING, RUNNING -> "caution";
            case DONE -> "clear";
            case FAILED -> "stop";
        };
    }
}
