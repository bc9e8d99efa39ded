package dev.conduct.ledger.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The file beside the database that remembers what was signed. A line is `promise SIZE ROOT`, written before signing,
/// or `note BASE64`, the signed note.
///
/// @param promises in the order they were made
/// @param notes in the order they were signed
public record CheckpointFile(List<Promise> promises, List<String> notes) {

    public static final String NAME = "checkpoints.log";

    private static final int BLOCK = 64 * 1024;

    public record Promise(long size, byte[] root) {}

    /// @throws IOException when a whole line cannot be understood; half a line at the end is what a crash leaves
    public static CheckpointFile read(Path file) throws IOException {
        var promises = new ArrayList<Promise>();
        var notes = new ArrayList<String>();
        if (Files.exists(file)) {
            var text = Files.readString(file, StandardCharsets.UTF_8);
            var number = 0;
            for (var line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
                number++;
                var parts = line.split(" ");
                try {
                    if (parts[0].equals("promise") && parts.length == 3) {
                        promises.add(new Promise(Long.parseLong(parts[1]), decoded(parts[2])));
                    } else if (parts[0].equals("note") && parts.length == 2) {
                        notes.add(new String(decoded(parts[1]), StandardCharsets.UTF_8));
                    } else if (!line.isEmpty()) {
                        throw new IllegalArgumentException("unknown line");
                    }
                } catch (IllegalArgumentException e) {
                    throw new IOException(file + ": line " + number + " cannot be understood", e);
                }
            }
        }
        return new CheckpointFile(promises, notes);
    }

    /// The last promise of the file, read from its end: the file grows with every checkpoint and is never cut.
    ///
    /// @throws IOException when the promise cannot be understood
    public static Optional<Promise> last(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var tail = "";
            for (var from = channel.size(); from > 0; ) {
                var block = ByteBuffer.allocate((int) Math.min(BLOCK, from));
                from -= block.capacity();
                while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                    // A file may give less than was asked for.
                }
                tail = new String(block.array(), StandardCharsets.US_ASCII) + tail;
                var lines = from == 0 ? "\n" + tail : tail;
                var whole = lines.substring(0, lines.lastIndexOf('\n') + 1);
                var found = whole.lastIndexOf("\npromise ") + 1;
                if (found > 0) {
                    return Optional.of(promised(file, whole.substring(found, whole.indexOf('\n', found))));
                }
            }
            return Optional.empty();
        }
    }

    private static Promise promised(Path file, String line) throws IOException {
        try {
            var parts = line.split(" ", -1);
            return new Promise(Long.parseLong(parts[1]), decoded(parts[2]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(file + ": its last promise cannot be understood: " + line, e);
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
