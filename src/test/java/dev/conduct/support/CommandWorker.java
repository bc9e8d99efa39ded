package dev.conduct.support;

import dev.conduct.cli.CommandLine;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/// A process beside the tests that runs one command of `./conduct` after the other, as `main` would, so that only the
/// first pays for loading the program: four seconds of the processor. One for each environment that is asked for, the
/// latest few; they end when the tests do.
public final class CommandWorker {

    private static final int AT_ONCE = 3;
    private static final Map<Map<String, String>, CommandWorker> WORKERS = new LinkedHashMap<>();

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    /// What to run, and the files that take its two streams.
    private record Order(List<String> arguments, String out, String err) {}

    private CommandWorker(Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(Children.command());
        command.set(command.size() - 1, CommandWorker.class.getName());
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("CONDUCT_DB_URL");
        builder.environment().putAll(environment);
        process = builder.start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// The exit status of one command.
    static synchronized int run(
            Map<String, String> environment, List<String> arguments, Path out, Path err, long seconds)
            throws IOException, InterruptedException {
        var worker = in(environment);
        worker.orders.write(JsonMapper.shared()
                .writeValueAsString(new Order(
                        arguments,
                        out.toAbsolutePath().toString(),
                        err.toAbsolutePath().toString())));
        worker.orders.newLine();
        worker.orders.flush();
        var answers = worker.answers;
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(answers.readLine());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try {
            return Integer.parseInt(answer.get(seconds, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException | NumberFormatException e) {
            worker.process.destroyForcibly();
            throw new AssertionError(arguments + " did not end: " + Files.readString(err), e);
        }
    }

    private static CommandWorker in(Map<String, String> environment) throws IOException {
        var known = WORKERS.remove(environment);
        if (known != null && !known.process.isAlive()) {
            known = null;
        }
        var worker = known == null ? new CommandWorker(environment) : known;
        WORKERS.put(Map.copyOf(environment), worker);
        if (WORKERS.size() > AT_ONCE) {
            var oldest = WORKERS.keySet().iterator().next();
            // Without orders it ends by itself.
            Objects.requireNonNull(WORKERS.remove(oldest)).orders.close();
        }
        return worker;
    }

    /// The process itself: an order a line, a status a line, until there are no more.
    public static void main(String... none) throws IOException {
        var answers = System.out;
        var nobody = System.err;
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = orders.readLine(); line != null; line = orders.readLine()) {
            var order = JsonMapper.shared().readValue(line, Order.class);
            int status;
            try (var out = new PrintStream(new FileOutputStream(order.out()), true, StandardCharsets.UTF_8);
                    var err = new PrintStream(new FileOutputStream(order.err()), true, StandardCharsets.UTF_8)) {
                System.setOut(out);
                System.setErr(err);
                status = CommandLine.run(order.arguments().toArray(String[]::new));
            } finally {
                System.setOut(answers);
                System.setErr(nobody);
            }
            answers.println(status);
            answers.flush();
        }
        // As the end of main: threads that a command left behind hold nothing up.
        System.exit(0);
    }
}
