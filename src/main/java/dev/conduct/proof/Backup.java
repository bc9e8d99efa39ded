package dev.conduct.proof;

import dev.conduct.database.ClusterCopy;
import dev.conduct.database.ExternalDatabase;
import dev.conduct.database.RowsOut;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Copies an installation, while it serves or not, into one file that only the secret half of the recovery key
/// opens: the database (the embedded one by its files, an external one by its rows), what was signed,
/// attachments. Never keys.
///
/// @param file where it lies
/// @param bytes of what was copied; `size` of the file
public record Backup(Path file, Instant at, long files, long bytes, long size) {

    static final String SUFFIX = ".conduct-backup";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// @param to a file that is not there yet, or a folder, in which the backup is named by its time
    /// @param external where the database is, null for the embedded one
    public static Backup make(
            Path data, Path keys, Path to, RecoveryKey.Public key, Instant now, @Nullable ExternalDatabase external)
            throws IOException, SQLException {
        var file = Files.isDirectory(to) ? to.resolve("conduct-" + NAME.format(now) + SUFFIX) : to;
        var partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        if (partial.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try {
            var written = write(data, keys, partial, key, now, external);
            try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            return new Backup(file, now, written.files(), written.bytes(), Files.size(file));
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    static boolean named(Path file) {
        return file.getFileName().toString().matches("conduct-\\d{8}T\\d{6}Z\\" + SUFFIX);
    }

    /// By its name.
    static Instant madeAt(Path file) {
        var name = file.getFileName().toString();
        return NAME.parse(name.substring("conduct-".length(), name.length() - SUFFIX.length()), Instant::from);
    }

    private static BackupWriter write(
            Path data, Path keys, Path file, RecoveryKey.Public key, Instant now, @Nullable ExternalDatabase external)
            throws IOException, SQLException {
        try (var out = Files.newOutputStream(file);
                var sealed = Sealed.writing(out, key);
                var writer = new BackupWriter(sealed)) {
            writer.text("about", "form 1\nat " + now + "\n");
            var log = keys.resolve("ledger-log.pub");
            if (Files.exists(log)) {
                writer.text("ledger-log.pub", Files.readString(log));
            }
            // Before the database: what is promised here must be in the copy that is taken next.
            writer.tree(data, "checkpoints");
            if (external == null) {
                ClusterCopy.copy(data, writer);
            } else {
                RowsOut.copy(external, writer);
            }
            writer.tree(data, "attachments");
            writer.finish();
            return writer;
        }
    }
}
