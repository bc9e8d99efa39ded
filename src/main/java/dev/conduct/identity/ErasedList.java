package dev.conduct.identity;

import dev.conduct.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Who was erased, by number alone, in a file of the key folder: it is not in the database, so that a
/// restored backup does not bring anybody back.
@Component
class ErasedList {

    static final String FILE = "erased.list";

    private final Path file;

    ErasedList(DataFolder data) {
        this.file = data.keys().resolve(FILE);
    }

    /// On the disk when this returns.
    synchronized void add(UUID person) {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(java.nio.ByteBuffer.wrap((person + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        } catch (IOException full) {
            throw new UncheckedIOException("The list of the erased, " + file + ", cannot be written.", full);
        }
    }

    Set<UUID> all() {
        var all = new LinkedHashSet<UUID>();
        try {
            if (Files.exists(file)) {
                for (var line : Files.readAllLines(file)) {
                    // The last line may be half written.
                    if (line.length() == 36) {
                        all.add(UUID.fromString(line));
                    }
                }
            }
            return all;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The list of the erased, " + file + ", cannot be read.", unreadable);
        }
    }
}
