package dev.conduct.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What the launcher runs once after a build, so that the JVM can write down what a start and some pages need
/// (JEP 514). Serves on a free port, asks itself, and ends.
@Command(name = "train", hidden = true, description = "Teaches the JVM what a start needs; run by the launcher.")
final class TrainCommand implements Callable<Integer> {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(6);
    private static final List<String> PATHS = List.of(
            "/", "/sign-in", "/health/ready", "/metrics", "/api/v1/me", "/api/v1/procedure", "/api/v1/items?q=is:open");

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = data.settings();
        settings.put("server.port", 0);
        settings.put("server.address", "127.0.0.1");
        try (var context = SpringApplication.run(Application.source(), Application.arguments(settings))) {
            ask("http://127.0.0.1:" + ServeCommand.portOf(context));
        }
        return CommandLine.DONE;
    }

    private static void ask(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            for (var end = System.nanoTime() + LONG_ENOUGH.toNanos(); System.nanoTime() < end; ) {
                for (var path : PATHS) {
                    client.send(
                            HttpRequest.newBuilder(URI.create(address + path)).build(),
                            HttpResponse.BodyHandlers.discarding());
                }
            }
        }
    }
}
