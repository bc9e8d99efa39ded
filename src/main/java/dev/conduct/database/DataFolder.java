package dev.conduct.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The folder in which one installation keeps everything it must not lose. Sub-folders are made on first use and
/// belong to the owner alone (0700).
public final class DataFolder {

    private final Path root;
    private final @Nullable Path keys;

    DataFolder(Path root, @Nullable Path keys) {
        this.root = root.toAbsolutePath().normalize();
        this.keys = keys == null ? null : keys.toAbsolutePath().normalize();
    }

    public Path root() {
        return made(root);
    }

    /// Content-addressed files.
    public Path attachments() {
        return folder("attachments");
    }

    /// Key files and secrets, never part of a backup; `CONDUCT_KEYS` puts them elsewhere.
    public Path keys() {
        return keys == null ? folder("keys") : made(keys);
    }

    /// Signed checkpoints of the ledger.
    public Path checkpoints() {
        return folder("checkpoints");
    }

    /// Letters of an installation that has no mail server, one file each.
    public Path mail() {
        return folder("mail");
    }

    /// Where the computer's own mail server puts answers to letters, when no mailbox is named.
    public Path answers() {
        return folder("answers");
    }

    /// Copies of the repositories whose code is told of.
    public Path mirrors() {
        return folder("mirrors");
    }

    Path database() {
        return folder("database");
    }

    private Path folder(String name) {
        made(root);
        return made(root.resolve(name));
    }

    private static Path made(Path folder) {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            return PrivateFiles.createFolder(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "Cannot make the folder " + folder + ". Check who may write there, or choose another with --data.",
                    failure);
        }
    }
}
