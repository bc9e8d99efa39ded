package dev.conduct.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Space kept in reserve. PostgreSQL cannot even recover when its log has no room to grow: on a full disk the reserve
/// is given up, the database comes back, and the operator is told.
final class Ballast {

    private static final Logger log = LoggerFactory.getLogger(Ballast.class);
    private static final int MEGABYTE = 1 << 20;
    private static final int SIZE = 64 * MEGABYTE;
    private static final int LOG_SEGMENT_MEGABYTES = 16;

    private final Path folder;

    Ballast(Path folder) {
        this.folder = folder;
    }

    /// Takes the reserve on when it is not there and the disk has room for four times as much.
    void takeOn() throws IOException {
        if (Files.exists(file()) || Files.getFileStore(folder).getUsableSpace() < 4L * SIZE) {
            return;
        }
        // Random, and written rather than reserved: some file systems would store neither zeros nor holes.
        var chunk = new byte[MEGABYTE];
        new SplittableRandom().nextBytes(chunk);
        try (var channel = FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (var written = 0; written < SIZE; written += MEGABYTE) {
                channel.write(ByteBuffer.wrap(chunk));
            }
        }
    }

    /// True when there was something to give up.
    boolean release() throws IOException {
        if (!Files.deleteIfExists(file())) {
            return false;
        }
        log.error(
                "The disk that holds {} is full. Conduct gave up its reserve of {} MB so that the database can run."
                        + " Free space there now; the reserve is taken on again at the next start.",
                folder,
                SIZE / MEGABYTE);
        return true;
    }

    /// From what a failed program said; or from the disk itself, which may not even have had room for those words.
    boolean diskIsFull(String words) {
        return words.contains("No space left on device")
                || words.contains("Check free disk space")
                || words.contains("not enough space on the disk")
                || freeMegabytes() <= LOG_SEGMENT_MEGABYTES;
    }

    long freeMegabytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace() / MEGABYTE;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file() {
        return folder.resolve("ballast");
    }
}
