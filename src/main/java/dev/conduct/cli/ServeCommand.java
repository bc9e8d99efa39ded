package dev.conduct.cli;

import dev.conduct.kernel.Welcome;
import dev.conduct.keys.RootPassphrase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Serves until it is told to stop. Says so on standard output when the first page can be asked for.
@Command(name = "serve", description = "Starts the server, its database included.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "PORT", description = "The port (default: CONDUCT_PORT, else 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--demo",
            description = "Fills an empty data folder with an invented company and a year of its work. Anybody on this"
                    + " computer can sign in as any of its people; nobody else can reach it.")
    private boolean demo;

    @Override
    public Integer call() throws InterruptedException, IOException {
        var settings = data.settings();
        if (port != null) {
            if (port < 0 || port > 65_535) {
                throw new ParameterException(command().commandLine(), "--port is from 0 to 65535, not " + port + ".");
            }
            settings.put("server.port", port);
        }
        unsealed(settings);
        if (demo) {
            settings.put("conduct.demo", true);
            settings.put("server.address", "127.0.0.1");
        }
        var context = SpringApplication.run(Application.source(), Application.arguments(settings));
        announce(context, command().commandLine().getOut());
        new CountDownLatch(1).await();
        return CommandLine.DONE;
    }

    /// Waits for the passphrase when the root key is under one and the environment does not hold it.
    private void unsealed(Map<String, Object> settings) throws InterruptedException, IOException {
        var keys = data.keys();
        var provider = System.getenv("CONDUCT_ROOT_PROVIDER");
        var passphrase = System.getenv("CONDUCT_ROOT_PASSPHRASE");
        var sealed = RootPassphrase.sealed(keys)
                && (provider == null ? !Files.exists(keys.resolve("root.key")) : provider.equals("passphrase"));
        if (sealed && passphrase == null) {
            var said = System.getenv("CONDUCT_PORT");
            var waits = port != null ? port : said == null ? 8080 : Integer.parseInt(said);
            var words = command().commandLine().getOut();
            var root = SealedServer.wait(keys, demo ? "127.0.0.1" : "0.0.0.0", waits, at -> {
                words.println("Conduct is sealed, and waits for its passphrase at http://localhost:" + at + "/unseal");
                words.flush();
            });
            settings.put("conduct.root.unsealed", root);
        }
    }

    static int portOf(ApplicationContext context) {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    /// What is to be said is known before the first line says that the server is ready: from then on it outlives its
    /// database, and nothing is asked here any more.
    private static void announce(ApplicationContext context, PrintWriter words) {
        var address = "http://localhost:" + portOf(context);
        var lines = context.getBeanProvider(Welcome.class).stream()
                .map(welcome -> welcome.line(address))
                .flatMap(Optional::stream)
                .toList();
        words.println("Conduct is ready at " + address);
        lines.forEach(words::println);
        words.flush();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
