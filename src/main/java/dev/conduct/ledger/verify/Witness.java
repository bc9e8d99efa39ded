package dev.conduct.ledger.verify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A witness: one small process, best on another machine and with another administrator, that watches logs. Whoever
/// trusts it needs no trust in the server: it never puts its name to two histories.
final class Witness implements AutoCloseable {

    private static final String USAGE = """
            usage: witness --log KEY [--log KEY] [--folder DIR] [--name NAME] [--bind ADDRESS] [--port PORT]""";
    private static final int LONGEST = 64 * 1024;
    private static final int AT_ONCE = 4;

    private final HttpServer server;
    private final FileChannel lock;
    private final WitnessKey key;

    private Witness(HttpServer server, FileChannel lock, WitnessKey key) {
        this.server = server;
        this.lock = lock;
        this.key = key;
    }

    /// Serves until the process ends.
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try (var witness = begin(arguments)) {
            out.println("Witness is ready at http:/" + witness.server.getAddress());
            out.println(witness.key);
            out.flush();
            new CountDownLatch(1).await();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("witness: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("witness: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    static Witness begin(List<String> arguments) throws IOException {
        var folder = Path.of("witness");
        var name = "witness";
        var bind = "127.0.0.1";
        var port = 8290;
        var logs = new HashMap<String, VerifierKey>();
        var rest = new ArrayDeque<>(arguments);
        while (!rest.isEmpty()) {
            var option = rest.remove();
            var value = rest.poll();
            if (value == null) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            switch (option) {
                case "--log" -> {
                    var log = VerifierKey.parse(value);
                    logs.put(log.name(), log);
                }
                case "--folder" -> folder = Path.of(value);
                case "--name" -> name = value;
                case "--bind" -> bind = value;
                case "--port" -> port = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (logs.isEmpty()) {
            throw new IllegalArgumentException(
                    "say which log to watch, with its verifier key (GET /api/v1/ledger/key)");
        }
        if (!name.matches("[!-*,-~]{1,100}")) {
            throw new IllegalArgumentException("a name has no spaces and no plus sign");
        }
        return begin(folder, name, logs, new InetSocketAddress(bind, port), InstantSource.system());
    }

    static Witness begin(
            Path folder, String name, Map<String, VerifierKey> logs, InetSocketAddress address, InstantSource time)
            throws IOException {
        Files.createDirectories(folder);
        var lock =
                FileChannel.open(folder.resolve("witness.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            lock.close();
            throw new IOException("another witness uses the folder " + folder);
        }
        var own = key(folder.resolve("witness.key"), name);
        var memory = new WitnessMemory(folder, own, logs);
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().factory()));
        server.createContext("/add-checkpoint", exchange -> answer(exchange, memory, time));
        server.start();
        return new Witness(
                server,
                lock,
                new WitnessKey(own.verifier().name(), own.verifier().raw()));
    }

    WitnessKey key() {
        return key;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, WitnessMemory memory, InstantSource time) throws IOException {
        try (exchange) {
            var bytes = exchange.getRequestBody().readNBytes(LONGEST + 1);
            var answer = !exchange.getRequestMethod().equals("POST")
                    ? new WitnessMemory.Answer(405, "POST a checkpoint\n")
                    : bytes.length > LONGEST
                            ? new WitnessMemory.Answer(413, "at most " + LONGEST + " bytes\n")
                            : memory.add(new String(bytes, StandardCharsets.UTF_8), time.instant());
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status() == 409 ? "text/x.tlog.size" : "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static SigningKey key(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            var seed = new byte[32];
            new SecureRandom().nextBytes(seed);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, name + " " + Base64.getEncoder().encodeToString(seed) + "\n");
        }
        var parts = Files.readString(file).strip().split(" ");
        return new SigningKey(parts[0], Base64.getDecoder().decode(parts[1]));
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        lock.close();
    }
}
