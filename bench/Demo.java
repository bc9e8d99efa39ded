import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/// The pages of the demo company: how fast each answers at eight connections. What they weigh, a test in a browser holds.
final class Demo {

    private static final int CONNECTIONS = 8;
    private static final int TOLD = 15;
    private static final int WARM = 300;
    private static final int WARM_AT_FIRST = 6_000;

    private Demo() {}

    /// Where to print what was found.
    interface Print {
        void row(Figures figures);

        void note(String what, String value);
    }

    static void measure(Path root, Options options, Path data, Print print) throws Exception {
        var port = options.port() + 1;
        try (var server = Server.start(root, port, data, "--demo")) {
            server.readyAfterMillis();
            var pages = new Pages(port, administrator(port).cookieHeader());
            var paths = pages.crawl();
            var figures = new ArrayList<Figures>();
            Load.run("warm", CONNECTIONS, 1, WARM_AT_FIRST, n -> reading(port, "/lines/bug", pages), server::spent);
            for (var path : paths) {
                figures.add(Load.run("demo " + path, CONNECTIONS, Math.max(1, options.seconds() / 4), WARM, n -> reading(port, path, pages), server::spent));
            }
            figures.sort(Comparator.comparingDouble(Figures::p99).reversed());
            figures.stream().limit(TOLD).forEach(print::row);
            var late = figures.stream().filter(row -> row.p99() > 25).count();
            print.note("pages of the demo company", String.format(Locale.ROOT, "%d, %d of them with a p99 over 25 ms at %d connections; the slowest %.1f ms", paths.size(), late, CONNECTIONS, figures.getFirst().p99()));
        }
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
