package dev.conduct.ledger;

import dev.conduct.ledger.verify.CheckpointFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Optional;

/// The memory of what was signed, in a file outside the database: whoever restores an older database, or cuts the
/// one there is, does not restore or cut this one with it.
final class CheckpointStore {

    private final Path file;

    CheckpointStore(Path folder) {
        this.file = folder.resolve(CheckpointFile.NAME);
    }

    /// The greatest promise, which is the last; empty before the first.
    Optional<CheckpointFile.Promise> last() throws IOException {
        return CheckpointFile.last(file);
    }

    /// Stands on the disk when this returns; only then may it be signed.
    void promise(long size, byte[] root) throws IOException {
        append("promise " + size + " " + Base64.getEncoder().encodeToString(root) + "\n");
    }

    void keep(String note) throws IOException {
        append("note " + Base64.getEncoder().encodeToString(note.getBytes(StandardCharsets.UTF_8)) + "\n");
    }

    private void append(String line) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var end = endOfLastLine(channel);
            channel.truncate(end);
            var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
        }
    }

    /// A crash may have left half a line; it promised nothing, for it was not signed.
    private static long endOfLastLine(FileChannel channel) throws IOException {
        var end = channel.size();
        var one = ByteBuffer.allocate(1);
        while (end > 0) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
            end--;
        }
        return 0;
    }
}
