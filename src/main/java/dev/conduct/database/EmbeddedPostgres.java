package dev.conduct.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL of our own in a folder of our own: made on first use, started, guarded while it serves, stopped.
/// Whoever holds the data folder's lock may have one; its children may die, and are started again, on the same port
/// unless somebody took it meanwhile.
final class EmbeddedPostgres implements AutoCloseable {

    static final String OWNER = "conduct";
    static final int MAJOR = 18;

    private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int ATTEMPTS = 20;
    private static final int LOWEST_PORT = 15_000;
    private static final int PORTS_OF_CALLERS = 32_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);

    private final PostgresFiles files;
    private final PostgresBinaries binaries;
    private final Program program;
    private final Ballast ballast;
    private final List<String> settings;
    private int port;
    private boolean stopping;
    private @Nullable ProcessHandle server;
    private @Nullable Thread guard;

    private EmbeddedPostgres(
            PostgresFiles files, PostgresBinaries binaries, Program program, Ballast ballast, List<String> settings) {
        this.files = files;
        this.binaries = binaries;
        this.program = program;
        this.ballast = ballast;
        this.settings = settings;
    }

    /// @param settings lines of `postgresql.conf` beside our own
    static EmbeddedPostgres start(Path folder, List<String> settings) throws IOException {
        return start(folder, Program.runner(folder), settings);
    }

    static EmbeddedPostgres start(Path folder, Program program, List<String> settings) throws IOException {
        var binaries = PostgresBinaries.in(program.cache(PostgresBinaries.usualCache()));
        var postgres =
                new EmbeddedPostgres(new PostgresFiles(folder), binaries, program, new Ballast(folder), settings);
        program.take(folder);
        postgres.initialise();
        postgres.stopLeftOver();
        postgres.ballast.takeOn();
        postgres.start();
        postgres.createDatabase();
        return postgres;
    }

    Access access() throws IOException {
        return files.access();
    }

    private void initialise() throws IOException {
        if (Files.exists(files.cluster())) {
            var major = Files.readString(files.cluster().resolve("PG_VERSION")).strip();
            if (!major.equals(String.valueOf(MAJOR))) {
                throw new StartRefused("The database in " + files.folder() + " is of PostgreSQL " + major
                        + "; this Conduct brings " + MAJOR + ". Restore a backup into a new folder.");
            }
            return;
        }
        var unfinished = files.folder().resolve("cluster.new");
        PrivateFiles.deleteTree(unfinished);
        if (!Files.exists(files.ownerPassword())) {
            PrivateFiles.write(files.ownerPassword(), Passwords.random());
            program.give(files.ownerPassword());
        }
        var made = program.run(
                Duration.ofMinutes(2),
                binaries.program("initdb"),
                "--pgdata=" + unfinished,
                "--username=" + OWNER,
                "--pwfile=" + files.ownerPassword(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--data-checksums",
                "--no-instructions");
        if (made.status() != 0) {
            PrivateFiles.deleteTree(unfinished);
            throw ballast.diskIsFull(made.words())
                    ? diskFull()
                    : new StartRefused("PostgreSQL could not make a database in " + files.folder() + ": "
                            + made.words().strip());
        }
        Files.writeString(
                unfinished.resolve("postgresql.conf"), "\ninclude 'conduct.conf'\n", StandardOpenOption.APPEND);
        Files.move(unfinished, files.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// A server that was killed leaves its PostgreSQL behind. We hold the lock, so nobody owns that one any more.
    private void stopLeftOver() throws IOException {
        var leftOver = files.running();
        if (leftOver.isEmpty()) {
            return;
        }
        log.warn(
                "Stopping PostgreSQL (process {}) left over by a server that died",
                leftOver.get().pid());
        stopServer();
    }

    private synchronized void start() throws IOException {
        var began = System.nanoTime();
        port = files.rememberedPort().filter(EmbeddedPostgres::isFree).orElseGet(EmbeddedPostgres::freePort);
        var words = "";
        for (var attempt = 1; attempt <= ATTEMPTS && !stopping; attempt++) {
            var configuration = files.cluster().resolve("conduct.conf");
            Files.writeString(configuration, PostgresFiles.configuration(port, settings));
            program.give(configuration);
            Files.deleteIfExists(files.log());
            var started = program.run(
                    Duration.ofMinutes(10),
                    binaries.program("pg_ctl"),
                    "start",
                    "--silent",
                    "--wait",
                    "--timeout=540",
                    "--pgdata=" + files.cluster(),
                    "--log=" + files.log());
            if (started.status() == 0) {
                files.remember(port);
                guard();
                log.info("PostgreSQL serves on 127.0.0.1:{} after {} ms", port, milliseconds(began));
                return;
            }
            words = started.words() + files.logged();
            if (ballast.diskIsFull(words) && !ballast.release()) {
                throw diskFull();
            }
            if (words.contains("Address already in use")) {
                port = freePort();
            } else if (!mayPass(words)) {
                break;
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
        throw new StartRefused("PostgreSQL did not start in " + files.folder() + ". It said: " + words.strip());
    }

    /// After kill -9 of the postmaster its children need a moment to notice and let go of the shared memory.
    private boolean mayPass(String words) {
        return words.contains("shared memory block")
                || words.contains("postmaster.pid\" already exists")
                || ballast.diskIsFull(words);
    }

    private void guard() throws IOException {
        server = files.running()
                .orElseThrow(() -> new StartRefused("PostgreSQL ended at once. See " + files.log() + "."));
        if (guard == null) {
            guard = Thread.ofPlatform().daemon().name("postgres guard").start(this::keepServing);
        }
    }

    /// Looks rather than waits for the end: PostgreSQL is not our child, and where process 1 buries nobody its end is
    /// never told.
    private synchronized void keepServing() {
        while (!stopping) {
            waitUnlessStopping(BETWEEN_LOOKS);
            if (!stopping && server != null && !PostgresFiles.isPostgres(server)) {
                restart(server);
            }
        }
    }

    private void restart(ProcessHandle ended) {
        log.warn("PostgreSQL (process {}) ended while Conduct was serving; starting it again", ended.pid());
        try {
            start();
        } catch (IOException | StartRefused failure) {
            log.error("{} Trying again in 5 s.", failure.getMessage());
            waitUnlessStopping(Duration.ofSeconds(5));
        }
    }

    private synchronized void waitUnlessStopping(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, duration.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void createDatabase() throws IOException {
        try (var connection = files.access("postgres").dataSource().getConnection();
                var statement = connection.createStatement()) {
            var found = statement.executeQuery("select 1 from pg_database where datname = '" + OWNER + "'");
            if (!found.next()) {
                statement.execute("create database " + OWNER);
            }
        } catch (SQLException failure) {
            throw new StartRefused(
                    "PostgreSQL in " + files.folder() + " lets us not in: " + failure.getMessage(), failure);
        }
    }

    private StartRefused diskFull() {
        return new StartRefused("The disk that holds " + files.folder() + " is full (" + ballast.freeMegabytes()
                + " MB free), and PostgreSQL cannot run on it. Nothing acknowledged is lost. Free at least 200 MB there"
                + " and start Conduct again.");
    }

    @Override
    public void close() {
        synchronized (this) {
            stopping = true;
            notifyAll();
            try {
                if (files.running().isPresent()) {
                    stopServer();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("PostgreSQL in " + files.folder() + " could not be stopped", failure);
            }
        }
    }

    private void stopServer() throws IOException {
        for (var mode : List.of("fast", "immediate")) {
            var stopped = program.run(
                    Duration.ofSeconds(70),
                    binaries.program("pg_ctl"),
                    "stop",
                    "--silent",
                    "--wait",
                    "--timeout=60",
                    "--mode=" + mode,
                    "--pgdata=" + files.cluster());
            if (stopped.status() == 0 || files.running().isEmpty()) {
                return;
            }
            log.warn("PostgreSQL did not stop ({}): {}", mode, stopped.words().strip());
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /// Below those that systems give to whoever calls out, which would otherwise now and then be taken by a caller, our
    /// own included, while PostgreSQL is away.
    private static int freePort() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = Passwords.RANDOM.nextInt(LOWEST_PORT, PORTS_OF_CALLERS);
            if (isFree(port)) {
                return port;
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("no free port on 127.0.0.1", failure);
        }
    }

    private static long milliseconds(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }

    static final class Passwords {

        private static final SecureRandom RANDOM = new SecureRandom();

        private Passwords() {}

        static String random() {
            var bytes = new byte[24];
            RANDOM.nextBytes(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
