package dev.conduct.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The embedded database of a data folder, to be read by one command: that of the server that holds the folder, or,
/// when nobody does, one started for as long as the command takes. It takes no writes then.
public final class FolderDatabase implements Closeable {

    private final FolderLock lock;
    private final EmbeddedPostgres postgres;

    private FolderDatabase(FolderLock lock, EmbeddedPostgres postgres) {
        this.lock = lock;
        this.postgres = postgres;
    }

    /// @throws IOException when there is no database in the folder
    /// @throws StartRefused when there is one and it does not start
    public static Closeable open(Path data) throws IOException {
        var files = new PostgresFiles(data.toAbsolutePath().normalize().resolve("database"));
        if (!Files.exists(files.cluster())) {
            throw new IOException(data + " holds no database; for an external one give --url or set CONDUCT_DB_URL");
        }
        var lock = FolderLock.tryTake(data);
        if (lock.isEmpty()) {
            return () -> {};
        }
        try {
            var postgres = EmbeddedPostgres.start(files.folder(), List.of("default_transaction_read_only = on"));
            return new FolderDatabase(lock.get(), postgres);
        } catch (IOException | RuntimeException failure) {
            lock.get().close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lock.close();
    }
}
