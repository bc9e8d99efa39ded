package dev.conduct.replies;

import java.util.function.Consumer;

/// Where answers wait to be read.
interface Mailbox {

    /// Larger ones are not read: files of a record have at most 25 MB, and mail makes a third more of them.
    int LARGEST = 40_000_000;

    /// Hands over each mail, and takes it out of the box once that returned. One that is too large comes as nothing,
    /// an empty array.
    ///
    /// @throws Away when the box cannot be reached; what was handed over is judged, and may come once more
    void each(Consumer<byte[]> reader) throws Away;

    final class Away extends Exception {

        Away(String says) {
            super(says);
        }
    }
}
