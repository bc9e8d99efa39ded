import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/// The pages of the demo company: how fast each answers at eight connections, as whoever asks sees it and as the server
/// does, and what it costs. What they weigh, a test in a browser holds.
final class Demo {

    private static final int CONNECTIONS = 8;
    private static final int AIM = 25;
    private static final int WARM = 64;
    private static final int WARM_AT_FIRST = 6_000;

    private Demo() {}

    /// Where to print what was found.
    interface Print {
        void row(Figures figures);

        void note(String what, String value);
    }

    /// A page as it was measured.
    ///
    /// @param server 99 of 100 requests took the server at most so many milliseconds
    private record Measured(Figures seen, double server, double kilobytes) {

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %-48s | %8.0f | %6.1f | %6.1f | %6.1f | %6.2f | %6.2f | %5.0f | %6d |",
                    seen.what(), seen.rate(), seen.p50(), seen.p99(), server, seen.serverCpu(), seen.databaseCpu(), kilobytes, seen.errors());
        }

        static String head() {
            return """
                    | page of the demo company, 8 connections          | a second | p50 ms | p99 ms | server | CPU ms | DB CPU |    kB | errors |
                    |--------------------------------------------------|---------:|-------:|-------:|-------:|-------:|-------:|------:|-------:|""";
        }
    }

    static void measure(Path root, Options options, Path data, Print print) throws Exception {
        var port = options.port() + 1;
        var log = ServerTimes.in(data.resolveSibling("server-times"));
        try (var server = Server.start(root, port, data, log.environment(), "--demo")) {
            server.readyAfterMillis();
            var pages = new Pages(port, administrator(port).cookieHeader());
            var paths = pages.crawl();
            System.err.println(paths.size() + " pages of the demo company");
            var turn = new AtomicInteger();
            Load.run("warm", CONNECTIONS, 2, WARM_AT_FIRST, n -> rotating(port, paths, turn, pages), server::spent);
            System.out.println(Measured.head());
            var measured = new ArrayList<Measured>();
            for (var path : paths) {
                log.forget();
                var seen = Load.run(path, CONNECTIONS, Math.max(1, options.seconds() / 8), WARM, n -> reading(port, path, pages), server::spent);
                var one = new Measured(seen, log.slowestOfHundred((int) seen.operations()), pages.size(path) / 1_000.0);
                System.out.println(one.row());
                measured.add(one);
            }
            print.note("pages of the demo company", summary(measured, "asked", m -> m.seen().p99()));
            print.note("the same, by the server's own time", summary(measured, "server", Measured::server));
        }
    }

    private static String summary(List<Measured> all, String who, ToDoubleFunction<Measured> p99) {
        var late = all.stream().filter(one -> p99.applyAsDouble(one) > AIM).count();
        var slowest = all.stream().max(Comparator.comparingDouble(p99)).orElseThrow();
        return String.format(Locale.ROOT, "%d, %d of them with a p99 over %d ms at %d connections; the slowest %.1f ms, %s",
                all.size(), late, AIM, CONNECTIONS, p99.applyAsDouble(slowest), slowest.seen().what());
    }

    private static Load.Operation rotating(int port, List<String> paths, AtomicInteger turn, Pages pages) {
        var connection = new Connection(port);
        return () -> connection.get(paths.get(turn.getAndIncrement() % paths.size()), pages.headers());
    }

    private static Load.Operation reading(int port, String path, Pages pages) {
        var connection = new Connection(port);
        return () -> {
            var status = connection.get(path, pages.headers()).status();
            if (status != 200) {
                throw new IllegalStateException(path + " answered " + status);
            }
        };
    }

    /// Whoever runs the demo's installation sees every page of it.
    private static Session administrator(int port) throws Exception {
        var session = new Session(port).open("/demo/sign-in");
        var person = session.find("value=\"(person:[0-9a-f-]{36})\"[^>]*>[^<]*<span class=\"dim\">[^<]*administrator");
        session.submit("/demo/sign-in", Map.of("person", person));
        if (!session.open("/").where().equals("/me 200")) {
            throw new IllegalStateException("not signed in: " + session.where());
        }
        return session;
    }
}
