package dev.conduct.importer;

import java.io.IOException;

/// Turns a file of one format into neutral records, streaming: one record after the other, whatever the size.
interface SourceReader {

    /// @throws IOException when the file cannot be read at all; a broken record goes to the receiver instead
    void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException;

    /// Takes what a reader finds.
    interface Receiver {

        void issue(SourceIssue issue);

        /// A record that cannot be read; the ones after it still come.
        ///
        /// @param at where it stands, `file:line`
        void broken(String at, String says);
    }
}
