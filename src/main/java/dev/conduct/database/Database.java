package dev.conduct.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The database this process works on: its own embedded one, that of the server it visits, or an external one.
final class Database implements AutoCloseable {

    private final Supplier<Access> owner;
    private final boolean visited;
    private final @Nullable FolderLock lock;
    private final @Nullable EmbeddedPostgres embedded;

    private Database(
            Supplier<Access> owner, boolean visited, @Nullable FolderLock lock, @Nullable EmbeddedPostgres embedded) {
        this.owner = owner;
        this.visited = visited;
        this.lock = lock;
        this.embedded = embedded;
    }

    static Database open(DataFolder data, DatabaseSettings settings) throws IOException {
        var external = settings.db();
        var lock = FolderLock.tryTake(data.root());
        if (lock.isEmpty() && !settings.guest()) {
            throw new StartRefused("The data folder " + data.root() + " is in use by " + FolderLock.owner(data.root())
                    + ". Stop that one first, or choose another folder with --data.");
        }
        if (external.url() != null) {
            var access = new Access(external.url(), external.user(), external.password());
            return new Database(() -> access, lock.isEmpty(), lock.orElse(null), null);
        }
        if (lock.isEmpty()) {
            return new Database(files(data), true, null, null);
        }
        try {
            var embedded = EmbeddedPostgres.start(data.database(), List.of());
            return new Database(files(data), false, lock.get(), embedded);
        } catch (IOException | RuntimeException failure) {
            lock.get().close();
            throw failure;
        }
    }

    private static Supplier<Access> files(DataFolder data) {
        var files = new PostgresFiles(data.database());
        return () -> {
            try {
                return files.access();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    /// As the role that owns the tables; where it is now.
    Access owner() {
        return owner.get();
    }

    /// True when this process runs it.
    boolean embedded() {
        return embedded != null;
    }

    /// True when a running server looks after it, migrations included.
    boolean visited() {
        return visited;
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
