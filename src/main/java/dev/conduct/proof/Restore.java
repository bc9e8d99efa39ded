package dev.conduct.proof;

import dev.conduct.database.StartRefused;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Puts a backup into an empty data folder, whole or not at all. Keys and a checkpoint file that are there already
/// stay: a checkpoint file that survived tells more than the one in the backup.
///
/// @param about lines about the backup: its form and its time
/// @param kept what was in the folder before and stayed
public record Restore(List<String> about, long files, long bytes, List<String> kept) {

    private static final Set<String> MAY_STAY = Set.of("keys", "checkpoints", "conduct.lock");
    private static final List<String> PARTS = List.of("checkpoints", "attachments", "database");

    /// @throws StartRefused when the folder holds something else, the key is another, or the backup is damaged
    public static Restore into(Path data, Path keys, Path backup, RecoveryKey key) throws IOException {
        return into(data, keys, backup, key, Instant.MAX);
    }

    /// @param moment to which one wants to go on from it
    /// @throws StartRefused as well when the backup was made after that
    public static Restore into(Path data, Path keys, Path backup, RecoveryKey key, Instant moment) throws IOException {
        var kept = emptied(data);
        var beside = data.resolve("restoring");
        delete(beside);
        Files.createDirectories(data);
        folder(beside);
        try (var file = new BufferedInputStream(Files.newInputStream(backup), 1 << 16);
                var archive = new GZIPInputStream(Sealed.reading(file, key), 1 << 16);
                var tar = new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name())) {
            var extraction = new Extraction(beside);
            extraction.all(tar);
            var about = Files.readAllLines(beside.resolve("about"));
            requireBefore(moment, about);
            for (var part : PARTS) {
                if (!kept.contains(part)) {
                    Files.move(beside.resolve(part), data.resolve(part));
                }
            }
            var log = beside.resolve("ledger-log.pub");
            if (Files.exists(log) && !Files.exists(keys.resolve("ledger-log.pub"))) {
                if (!Files.isDirectory(keys)) {
                    folder(keys);
                }
                Files.move(log, keys.resolve("ledger-log.pub"));
            }
            return new Restore(about, extraction.files, extraction.bytes, kept);
        } catch (java.util.zip.ZipException | java.io.EOFException | SecurityException e) {
            throw damaged(e);
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw damaged(e);
            }
            throw e;
        } finally {
            delete(beside);
        }
    }

    private static void requireBefore(Instant moment, List<String> about) {
        for (var line : about) {
            if (line.startsWith("at ") && Instant.parse(line.substring(3)).isAfter(moment)) {
                throw new StartRefused("This backup was made " + line + ", which is after " + moment
                        + ". Take an earlier one. Nothing was restored.");
            }
        }
    }

    /// Takes away again what was put there.
    public void undo(Path data) throws IOException {
        for (var part : PARTS) {
            if (!kept.contains(part)) {
                delete(data.resolve(part));
            }
        }
    }

    private static StartRefused damaged(Exception e) {
        return new StartRefused("The backup is damaged or incomplete; nothing was restored. Take another one.", e);
    }

    private static List<String> emptied(Path data) throws IOException {
        var kept = new ArrayList<String>();
        if (Files.isDirectory(data)) {
            try (var children = Files.list(data)) {
                for (var child : children.toList()) {
                    var name = child.getFileName().toString();
                    if (MAY_STAY.contains(name)) {
                        kept.add(name);
                    } else if (!name.equals("restoring")) {
                        throw new StartRefused("The folder " + data + " is not empty: it holds " + name
                                + ". Restore into an empty one; keys/ and checkpoints/ may be there.");
                    }
                }
            }
        }
        return kept;
    }

    private static final class Extraction {

        private final Path into;
        private final StringBuilder digests = new StringBuilder();
        private String manifest = "";
        private long files;
        private long bytes;

        Extraction(Path into) {
            this.into = into;
        }

        void all(TarArchiveInputStream tar) throws IOException {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                one(tar, entry);
            }
            if (!manifest.contentEquals(digests)) {
                throw new StartRefused("The backup does not hold what its manifest says; nothing was restored.");
            }
        }

        private void one(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
            var target = into.resolve(entry.getName()).normalize();
            if (!target.startsWith(into) || !(entry.isFile() || entry.isDirectory())) {
                throw new StartRefused("The backup holds a path that leaves it: " + entry.getName());
            }
            if (entry.isDirectory()) {
                folder(target);
            } else if (entry.getName().equals(BackupWriter.MANIFEST)) {
                manifest = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
            } else {
                var digest = write(tar, target);
                digests.append(digest + " " + entry.getSize() + " " + entry.getName() + "\n");
                files++;
                bytes += entry.getSize();
            }
        }

        private static String write(InputStream content, Path target) throws IOException {
            var digest = BackupWriter.sha256();
            Files.createFile(target, only("rw-------"));
            try (var out = new BufferedOutputStream(Files.newOutputStream(target))) {
                var buffer = new byte[1 << 16];
                for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, only("rwx------"));
        }
    }

    private static FileAttribute<?>[] only(String permissions) {
        return System.getProperty("os.name").startsWith("Windows")
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                };
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
