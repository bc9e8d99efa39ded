import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Loads an installation of its own with a made-up history, measures what people and programs do all day, and prints each
/// figure beside the raw limit of the same database. Talks to loopback only, ends by itself, leaves nothing behind.
///
/// Run by `./conduct bench [--items 100000] [--comments 300000] [--seconds 10] [--connections 1,8,32] [--port 18990]
/// [--only create,transition] [--entries 1000000] [--keep] [--data DIR]`; the ledger alone with `--only ledger`, reports and
/// their pages with `--only quality`, the pages of the sample company with `--only demo`. The first run with `--data` fills
/// that folder; a later one finds it filled and measures the scenarios alone, or with `--only demo` the pages of the
/// company that is told there already.
public final class Bench {

    private static final String PRODUCT = "BEN";
    private static final int SIGN_INS = 100;

    private final Path root;
    private final Path work;
    private final Options options;
    private final List<Figures> figures = new ArrayList<>();
    private final Map<String, String> single = new LinkedHashMap<>();

    private Bench(Path root, Path work, Options options) {
        this.root = root;
        this.work = work;
        this.options = options;
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of(arguments);
        var root = Path.of(System.getProperty("conduct.root", ".")).toAbsolutePath().normalize();
        var work = Files.createDirectories(root.resolve("target/bench"));
        var bench = new Bench(root, Files.createTempDirectory(work, "run"), options);
        bench.run();
    }

    private void run() throws Exception {
        var data = options.data() == null ? work.resolve("data") : options.data();
        if (options.data() != null && Administrator.knows(data)) {
            again(data);
            return;
        }
        if (options.qualityOnly()) {
            quality(data);
            return;
        }
        if (options.demoOnly()) {
            Demo.measure(root, options, options.data() == null ? work.resolve("demo") : data, printing());
            report();
            delete(work);
            return;
        }
        if (options.entries() > 0) {
            ledger();
        }
        if (options.ledgerOnly()) {
            report();
            delete(work);
            return;
        }
        parsing();
        coldStart(data);
        try (var server = Server.start(root, options.port(), data)) {
            server.readyAfterMillis();
            measure(server, data);
            verify(data);
        }
        if (options.wants("demo")) {
            demo();
        }
        report();
        if (!options.keep()) {
            delete(work);
        }
    }

    private void demo() throws Exception {
        Demo.measure(root, options, work.resolve("demo"), printing());
    }

    private Demo.Print printing() {
        return new Demo.Print() {
            @Override
            public void row(Figures figures) {
                add(figures);
            }

            @Override
            public void note(String what, String value) {
                Bench.this.note(what, value);
            }
        };
    }

    /// Reports and their pages, in an installation without a history.
    private void quality(Path data) throws Exception {
        parsing();
        try (var server = Server.start(root, options.port(), data)) {
            server.readyAfterMillis();
            var administrator = Administrator.setUp(options.port(), server.setupLink(), data);
            var token = token(data);
            createProduct(token);
            quality(token, administrator.session(), server);
        }
        report();
        if (!options.keep()) {
            delete(work);
        }
    }

    private void quality(String token, Session session, Server server) throws Exception {
        var lines = new QualityLines(options.port(), PRODUCT, token, session.cookieHeader(), server, printing());
        lines.reports(work);
        lines.pages(options);
    }

    private void again(Path data) throws Exception {
        try (var server = Server.start(root, options.port(), data)) {
            server.readyAfterMillis();
            var session = Administrator.signIn(options.port(), data);
            var token = token(data);
            for (var connections : options.connections()) {
                scenarios(connections, session, token, server);
            }
        }
        report();
        delete(work);
    }

    /// The first start makes the database; the second is what a restart costs.
    private void coldStart(Path data) throws Exception {
        for (var which : List.of("first start (trains the start cache, makes the database)", "start")) {
            try (var server = Server.start(root, options.port(), data)) {
                var millis = server.readyAfterMillis();
                new Connection(options.port()).get("/sign-in", Map.of());
                note(which + ", to the first page", millis + " ms, " + oneDecimal(server.cpuSeconds()) + " CPU s");
                if (which.equals("start")) {
                    TimeUnit.SECONDS.sleep(10);
                    note("resident idle", server.residentMiB() + " MiB, database " + server.databaseMiB() + " MiB");
                }
            }
        }
    }

    private void measure(Server server, Path data) throws Exception {
        var administrator = Administrator.setUp(options.port(), server.setupLink(), data);
        var token = token(data);
        createProduct(token);
        importHistory(data);
        if (options.wants("sign-in")) {
            signIns(administrator);
        }
        if (options.wants("quality")) {
            quality(token, administrator.session(), server);
        }
        var raw = new Raw(databaseUrl(data));
        raw.prepare(options.items());
        for (var connections : options.connections()) {
            add(Load.run("raw: durable single-row insert", connections, options.seconds(), n -> raw.insert(n), server::spent));
            raw.release();
            add(Load.run("raw: select by primary key", connections, options.seconds(), n -> raw.select(n, options.items()), server::spent));
            raw.release();
            scenarios(connections, administrator.session(), token, server);
        }
        raw.cleanUp();
        if (options.wants("streams")) {
            note(
                    OpenPages.MANY + " streams of open pages",
                    OpenPages.measure(
                            options.port(), administrator.session().cookieHeader(), server, () -> reportOne(token)));
        }
        note("resident under load", server.residentMiB() + " MiB, database " + server.databaseMiB() + " MiB");
    }

    private void scenarios(int connections, Session session, String token, Server server) throws Exception {
        var scenarios = new Scenarios(options.port(), PRODUCT, options.items(), session.cookieHeader(), token);
        for (var scenario : scenarios.all(connections)) {
            if (options.wants(scenario.what())) {
                add(Load.run(scenario.what(), connections, options.seconds(), scenario.worker(), server::spent));
            }
        }
    }

    private void signIns(Administrator.Account administrator) throws Exception {
        var took = SignIns.measure(options.port(), administrator, SIGN_INS);
        note(
                "sign-in to the first page, without the password's hash",
                String.format(Locale.ROOT, "p50 %.0f ms, p99 %.0f ms of %d", took.rest().get(SIGN_INS / 2), took.rest().get(SIGN_INS * 99 / 100), SIGN_INS));
        note("the request that hashes the password", String.format(Locale.ROOT, "p50 %.0f ms", took.hash().get(SIGN_INS / 2)));
    }

    private void add(Figures row) {
        if (figures.isEmpty()) {
            System.out.println(Figures.head());
        }
        figures.add(row);
        System.out.println(row.row());
    }

    private String token(Path data) throws Exception {
        var client = conduct("client", "create", "bench", "--role", "support,project_manager,qa,developer,administrator", "--data", data.toString());
        var id = field(client, "client_id");
        var secret = field(client, "client_secret");
        var body = "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret;
        var answer = new Connection(options.port())
                .post("/oauth2/token", Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
        return field(answer.text(), "access_token");
    }

    private void createProduct(String token) throws IOException {
        var answer = new Connection(options.port())
                .post("/api/v1/products", Scenarios.api(token), "{\"key\":\"" + PRODUCT + "\",\"name\":\"Bench\"}");
        if (answer.status() != 201) {
            throw new IOException("the product was not made: " + answer.status() + " " + answer.text());
        }
        new Connection(options.port())
                .post("/api/v1/products/" + PRODUCT + "/components", Scenarios.api(token), "{\"name\":\"core\"}");
    }

    private void reportOne(String token) throws IOException {
        var answer = new Connection(options.port())
                .post(
                        "/api/v1/items",
                        Scenarios.api(token),
                        "{\"type\":\"bug\",\"product\":\"" + PRODUCT
                                + "\",\"title\":\"Heard everywhere\",\"fields\":{\"severity\":\"low\"}}");
        if (answer.status() != 201) {
            throw new IOException("nothing was reported: " + answer.status() + " " + answer.text());
        }
    }

    private void importHistory(Path data) throws Exception {
        var file = History.write(work.resolve("history.jsonl"), options.items(), options.comments());
        var began = System.nanoTime();
        var account = conduct("import", "github", file.toString(), "--product", PRODUCT, "--data", data.toString());
        var seconds = (System.nanoTime() - began) / 1e9;
        Files.writeString(work.resolve("loss-account.json"), account);
        var events = Long.parseLong(field(account, "events"));
        note("import", String.format(Locale.ROOT, "%,d items, %,d events in %.0f s: %,.0f events a second", options.items(), events, seconds, events / seconds));
    }

    /// The ledger by itself, in an installation of its own: recorded and sealed by so many writers, and all of it checked.
    private void ledger() throws Exception {
        var data = work.resolve("ledger");
        var said = conduct("ledger", "measure", "--data", data.toString(), "--seconds", String.valueOf(options.seconds()),
                "--entries", String.valueOf(options.entries()));
        said.lines().filter(line -> line.contains("=")).forEach(line -> note(line.split("=", 2)[0], line.split("=", 2)[1]));
        delete(data);
    }

    /// Reading alone, in a small heap of its own.
    private void parsing() throws Exception {
        var application = root.resolve(".conduct/application");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--class-path",
                        application.resolve("conduct.jar") + java.io.File.pathSeparator + application.resolve("lib") + "/*",
                        root.resolve("bench/Parsing.java").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> note(line.split("=", 2)[0], line.split("=", 2)[1]));
        }
        if (process.waitFor() != 0) {
            throw new IOException("the reports were not read");
        }
    }

    /// Fills the ledger up to the asked size through the door, then lets the stand-alone checker read all of it.
    private void verify(Path data) throws Exception {
        var began = System.nanoTime();
        var said = conduct("verify", "--data", data.toString()).strip();
        note("verify the whole ledger", String.format(Locale.ROOT, "%.1f s: %s", (System.nanoTime() - began) / 1e9, said.lines().findFirst().orElse("")));
    }

    private void note(String what, String value) {
        single.put(what, value);
        System.err.println(what + ": " + value);
    }

    private void report() {
        System.out.println();
        System.out.println("* CPU time of the server, and of the database, for each operation");
        single.forEach((what, value) -> System.out.println("- " + what + ": " + value));
        System.out.println("- machine: " + Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version() + ", " + Instant.now());
    }

    /// Runs a command of the launcher and returns what it printed on standard output.
    private String conduct(String... command) throws Exception {
        var words = new ArrayList<String>();
        words.add(root.resolve("conduct").toString());
        words.addAll(List.of(command));
        var process = new ProcessBuilder(words).redirectError(work.resolve("commands.log").toFile()).start();
        String said;
        try (var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            said = String.join("\n", reader.lines().toList());
        }
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + said + Files.readString(work.resolve("commands.log")));
        }
        return said;
    }

    private static String databaseUrl(Path data) throws IOException {
        return DataFolderFiles.ownerUrl(data);
    }

    private static String field(String json, String name) {
        var matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]+)").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1).strip();
    }

    private static String oneDecimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
