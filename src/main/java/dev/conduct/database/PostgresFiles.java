package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What lies where in the folder of the embedded PostgreSQL, and what it says about the server.
record PostgresFiles(Path folder) {

    Path cluster() {
        return folder.resolve("cluster");
    }

    Path ownerPassword() {
        return folder.resolve("owner.password");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Access access() throws IOException {
        return access(EmbeddedPostgres.OWNER);
    }

    Access access(String database) throws IOException {
        var port = rememberedPort().orElseThrow(() -> new IOException("no port is remembered in " + folder));
        return new Access(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database,
                EmbeddedPostgres.OWNER,
                Files.readString(ownerPassword()).strip());
    }

    Optional<Integer> rememberedPort() throws IOException {
        var file = folder.resolve("port");
        return Files.exists(file)
                ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                : Optional.empty();
    }

    void remember(int port) throws IOException {
        PrivateFiles.write(folder.resolve("port"), port + "\n");
    }

    /// The postmaster named in `postmaster.pid`, when that process is alive and a PostgreSQL.
    Optional<ProcessHandle> running() throws IOException {
        var file = cluster().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var first = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        return first.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(first)).filter(PostgresFiles::isPostgres);
    }

    /// The number may have gone to another program since; and a dead process that nobody has buried yet still counts
    /// as alive, but has no program any more.
    static boolean isPostgres(ProcessHandle process) {
        return process.isAlive()
                && process.info()
                        .command()
                        .filter(name -> name.contains("postgres"))
                        .isPresent();
    }

    String logged() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    /// No statement, parameter or row value is ever logged: they hold what people wrote.
    static String configuration(int port, List<String> more) {
        return """
                # Written by Conduct at each start.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                port = %d
                max_connections = 60
                shared_buffers = 256MB
                jit = off
                random_page_cost = 1.1
                wal_compression = on
                checkpoint_timeout = 15min
                log_min_messages = warning
                log_min_error_statement = panic
                log_error_verbosity = terse
                log_checkpoints = off
                """.formatted(port) + String.join("\n", more) + "\n";
    }
}
