package dev.conduct.proof;

import dev.conduct.database.Recovery;
import dev.conduct.database.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What lies beside the backups in their folder, each file sealed to the recovery key: segments of the write-ahead log
/// (`wal/`) and attachments that came since (`attachments/`).
///
/// @param folder of the backups
record Archive(Path folder) {

    static final String SUFFIX = ".sealed";

    private static final String WAL = "wal";
    private static final String ATTACHMENTS = "attachments";

    /// Keeps a segment; one that is there stays.
    void keepSegment(String name, Path file, RecoveryKey.Public key) throws IOException {
        keep(folder.resolve(WAL).resolve(name + SUFFIX), file, key);
    }

    /// @return how many were new
    int keepAttachments(Path attachments, RecoveryKey.Public key) throws IOException {
        var count = 0;
        if (Files.isDirectory(attachments)) {
            for (var file : files(attachments)) {
                var to = folder.resolve(ATTACHMENTS)
                        .resolve(attachments.relativize(file).toString() + SUFFIX);
                count += keep(to, file, key) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean keep(Path to, Path file, RecoveryKey.Public key) throws IOException {
        if (Files.exists(to)) {
            return false;
        }
        Files.createDirectories(to.getParent());
        var partial = to.resolveSibling(to.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        if (partial.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (var out = new GZIPOutputStream(Sealed.writing(Files.newOutputStream(partial), key))) {
            Files.copy(file, out);
        }
        try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /// Segments that were whole before the oldest backup that stays are of no use any more.
    void forgetBefore(Instant oldest) throws IOException {
        var wal = folder.resolve(WAL);
        if (Files.isDirectory(wal)) {
            for (var file : files(wal)) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(oldest)) < 0) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Puts what is kept here into a folder to which a backup was restored, so that it can go on to a moment.
    ///
    /// @return how many segments
    int bringForward(Path data, Recovery recovery, RecoveryKey key, Instant moment) throws IOException {
        var first = recovery.first();
        var count = 0;
        if (Files.isDirectory(folder.resolve(WAL))) {
            for (var file : files(folder.resolve(WAL))) {
                var name = name(file);
                if (name.startsWith(first.substring(0, 8)) && name.compareTo(first) >= 0) {
                    open(file, recovery.place(name), key);
                    count++;
                }
            }
        }
        if (count == 0) {
            throw new StartRefused("There is no log of what came after this backup in " + folder.resolve(WAL)
                    + ". Give the folder of the backups with --log, or leave --to out.");
        }
        var attachments = folder.resolve(ATTACHMENTS);
        if (Files.isDirectory(attachments)) {
            for (var file : files(attachments)) {
                var path = attachments.relativize(file).toString();
                var to = data.resolve(ATTACHMENTS).resolve(path.substring(0, path.length() - SUFFIX.length()));
                if (!Files.exists(to)) {
                    Files.createDirectories(to.getParent());
                    open(file, to, key);
                }
            }
        }
        recovery.aim(moment);
        return count;
    }

    private static void open(Path file, Path to, RecoveryKey key) throws IOException {
        try (var in = new GZIPInputStream(
                Sealed.reading(new BufferedInputStream(Files.newInputStream(file), 1 << 16), key))) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".partial"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
