package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// A file that holds a secret of the installation: 0600, and on the disk before anything is encrypted or signed with
/// it, since what a power failure takes from it nobody can make again.
public final class KeyFile {

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private KeyFile() {}

    /// Writes a new key. When another was there first (a second node that starts), that one stays: read it.
    public static void create(Path file, String text) throws IOException {
        PrivateFiles.create(file, text);
    }

    /// Renames a file that must not be lost, and never over one that is there; it stands on the disk when this returns.
    public static void move(Path file, Path to) throws IOException {
        PrivateFiles.move(file, to);
    }

    /// Puts a file in the place of another, whole or not at all; it stands on the disk when this returns.
    public static void replace(Path file, Path by) throws IOException {
        PrivateFiles.replace(file, by);
    }

    /// @throws StartRefused when others than its owner may read it
    public static String read(Path file) throws IOException {
        if (PrivateFiles.posix(file) && !OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new StartRefused("The key file " + file + " can be read by others. Run: chmod 600 " + file);
        }
        return Files.readString(file);
    }
}
