import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/// Reports in a server: how fast long ones are kept, what heap one of 500 MB takes while it is, and the pages that show
/// what came in.
final class QualityLines {

    private static final String REPORTS = "/api/v1/reports?product=";
    private static final int KEPT = 500_000;
    private static final int RUNS = 40;
    private static final int CASES = 2_000;
    private static final int FILES = 400;
    private static final long LONGEST = 500L << 20;

    private final int port;
    private final String product;
    private final Map<String, String> sending;
    private final Map<String, String> reading;
    private final Server server;
    private final Demo.Print print;

    /// @param token of a program that may send reports
    /// @param cookies of a person who is signed in
    QualityLines(int port, String product, String token, String cookies, Server server, Demo.Print print) {
        this.port = port;
        this.product = product;
        this.sending = new LinkedHashMap<>(Scenarios.api(token));
        this.sending.put("Content-Type", "application/octet-stream");
        this.reading = Map.of("Accept", "text/html", "Cookie", cookies);
        this.server = server;
        this.print = print;
    }

    /// @param work a folder for the long report
    void reports(Path work) throws Exception {
        var report = cases(1, KEPT, "");
        var _ = expect(201, new Connection(port).post(REPORTS + product + "&commit=0123456789abcde0", sending, cases(1, 20_000, "")));
        var body = report.getBytes(StandardCharsets.UTF_8);
        for (var status : List.of(201, 200)) {
            var began = System.nanoTime();
            var answer = new Connection(port).post(REPORTS + product + "&commit=0123456789abcdef&build=1", sending, body);
            expect(status, answer);
            var seconds = (System.nanoTime() - began) / 1e9;
            print.note(
                    status == 201 ? "report of tests, read and stored" : "the same report again",
                    String.format(Locale.ROOT, "%,d cases, %.1f MB in %.2f s: %,.0f cases a second", KEPT, body.length / 1e6, seconds, KEPT / seconds));
        }
        heap(work);
    }

    /// What lives in the server's heap while the report is taken in, over what lived before: each time all garbage is
    /// collected first, so that neither the collector's ease nor the size of the heap is counted.
    private void heap(Path work) throws Exception {
        var file = work.resolve("long.xml");
        var count = longReport(file);
        var before = server.liveHeapKiB();
        var most = new long[] {before};
        var looks = new int[1];
        var sent = new AtomicBoolean();
        var looking = Thread.ofPlatform().start(() -> {
            while (!sent.get()) {
                try {
                    most[0] = Math.max(most[0], server.liveHeapKiB());
                    looks[0]++;
                    Thread.sleep(500);
                } catch (Exception missed) {
                    System.err.println("  no look into the heap: " + missed.getMessage());
                    return;
                }
            }
        });
        var began = System.nanoTime();
        try {
            expect(201, new Connection(port).post(REPORTS + product + "&commit=fedcba9876543210&build=1", sending, file));
        } finally {
            // Otherwise a report that is not taken would leave it looking for ever, and the bench without an end.
            sent.set(true);
            looking.join();
        }
        print.note(
                "heap a report of " + (LONGEST >> 20) + " MB takes",
                String.format(Locale.ROOT, "%.1f MiB over the %.1f that live without it, of %d looks; %,d cases in %.1f s", (most[0] - before) / 1024.0, before / 1024.0, looks[0], count, (System.nanoTime() - began) / 1e9));
        Files.delete(file);
    }

    private static int longReport(Path file) throws IOException {
        var output = "what a test printed while it ran, line after line\n".repeat(8);
        var count = 0;
        try (var out = Files.newBufferedWriter(file)) {
            var length = 0L;
            out.write("<testsuite name='long'>\n");
            for (; length < LONGEST - 10_000; count++) {
                var one = "<testcase classname='long.Test" + count / 50 + "' name='case " + count + "' time='0.001'><system-out>" + output + "</system-out></testcase>\n";
                out.write(one);
                length += one.length();
            }
            out.write("</testsuite>\n");
        }
        return count;
    }

    /// The pages over runs of 2,000 tests and 400 covered files, of which each but the first breaks a few tests.
    void pages(Options options) throws Exception {
        var run = "";
        for (var number = 0; number < RUNS; number++) {
            var commit = String.format(Locale.ROOT, "%040x", 0xabc0000L + number);
            run = id(send(commit, cases(number, CASES, number == 0 ? "" : "flawed")));
            send(commit, coverage(number));
        }
        var base = "/quality/" + product;
        var test = find(base + "/runs/" + run, "(" + base + "/tests/[0-9a-f-]{36})");
        var paths = new LinkedHashMap<String, String>();
        paths.put("quality: home", base);
        paths.put("quality: run", base + "/runs/" + run);
        paths.put("quality: test", test);
        paths.put("quality: coverage", base + "/coverage");
        for (var connections : options.connections()) {
            for (var path : paths.entrySet()) {
                print.row(Load.run(path.getKey(), connections, options.seconds(), n -> asking(path.getValue()), server::spent));
            }
        }
    }

    private Load.Operation asking(String path) {
        var connection = new Connection(port);
        return () -> expect(200, connection.get(path, reading));
    }

    private Connection.Answer send(String commit, String report) throws IOException {
        return expect(201, new Connection(port).post(REPORTS + product + "&branch=main&commit=" + commit, sending, report));
    }

    private static String cases(int run, int count, String flawed) {
        var report = new StringBuilder("<testsuite name='bench'>");
        for (var i = 0; i < count; i++) {
            report.append("<testcase classname='bench.Test").append(i / 50).append("' name='case ").append(i).append("' time='0.").append(100 + (i * 7 + run) % 900).append('\'');
            report.append(flawed.isEmpty() || (i + run) % 199 != 0 ? "/>\n" : "><failure message='expected " + i % 5 + "'>at bench.Test.case(Test.java:" + i % 5 + ")</failure></testcase>\n");
        }
        return report.append("</testsuite>").toString();
    }

    private static String coverage(int run) {
        var trace = new StringBuilder();
        for (var file = 0; file < FILES; file++) {
            trace.append("SF:src/part").append(file % 12).append("/File").append(file).append(".java\n");
            for (var line = 1; line <= 120; line++) {
                trace.append("DA:").append(line).append(',').append((line + file + run) % 5 == 0 ? 0 : 1).append('\n');
            }
            trace.append("end_of_record\n");
        }
        return trace.toString();
    }

    private String find(String path, String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(expect(200, new Connection(port).get(path, reading)).text());
        if (!found.find()) {
            throw new IOException("nothing on " + path + " is like " + pattern);
        }
        return found.group(1);
    }

    private static String id(Connection.Answer answer) throws IOException {
        var found = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"").matcher(answer.text());
        if (!found.find()) {
            throw new IOException("no id in " + answer.text());
        }
        return found.group(1);
    }

    private static Connection.Answer expect(int status, Connection.Answer answer) throws IOException {
        if (answer.status() != status) {
            var text = answer.text();
            throw new IOException("answered " + answer.status() + ": " + text.substring(0, Math.min(400, text.length())));
        }
        return answer;
    }
}
