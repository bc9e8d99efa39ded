package dev.conduct.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One owner per data folder. The operating system drops the lock when the owner dies, however it dies.
final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Empty when another process owns the folder.
    static Optional<FolderLock> tryTake(Path folder) throws IOException {
        var channel = FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            return Optional.empty();
        }
        var pid = ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        channel.truncate(0);
        channel.write(pid, 0);
        return Optional.of(new FolderLock(channel));
    }

    /// The owner in words, as far as it can be known.
    static String owner(Path folder) throws IOException {
        var pid = Files.readString(file(folder)).strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByUs) {
            return null;
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("conduct.lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
