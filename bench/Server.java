import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A Conduct server of the bench's own, started as a user would and stopped by its own process id.
final class Server implements AutoCloseable {

    private final Process process;
    private final Path data;
    private final CompletableFuture<String> setupLink = new CompletableFuture<>();
    private final CompletableFuture<Long> readyAfterMillis = new CompletableFuture<>();

    private Server(Process process, Path data) {
        this.process = process;
        this.data = data;
    }

    static Server start(Path root, int port, Path data, String... more) throws IOException {
        return start(root, port, data, java.util.Map.of(), more);
    }

    /// @param environment of the server, beside this one's
    static Server start(Path root, int port, Path data, java.util.Map<String, String> environment, String... more) throws IOException {
        var began = System.nanoTime();
        var words = new java.util.ArrayList<>(java.util.List.of(root.resolve("conduct").toString(), "serve", "--port", String.valueOf(port), "--data", data.toString()));
        words.addAll(java.util.List.of(more));
        var starting = new ProcessBuilder(words).redirectErrorStream(true);
        starting.environment().put(OpenPages.MOST_OF_ONE, String.valueOf(2 * OpenPages.MANY));
        starting.environment().putAll(environment);
        var process = starting.start();
        var server = new Server(process, data);
        Thread.ofPlatform().daemon().start(() -> server.follow(began, data.resolveSibling(data.getFileName() + "-server.log")));
        return server;
    }

    private void follow(long began, Path log) {
        try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
                var copy = Files.newBufferedWriter(log)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                var link = line.indexOf("/setup?token=");
                if (link >= 0) {
                    setupLink.complete(line.substring(link).strip());
                }
                if (line.contains("Conduct is ready at")) {
                    readyAfterMillis.complete((System.nanoTime() - began) / 1_000_000);
                }
            }
        } catch (IOException ended) {
            readyAfterMillis.completeExceptionally(ended);
        }
        readyAfterMillis.completeExceptionally(new IOException("the server ended before it was ready; see " + log));
    }

    long readyAfterMillis() throws Exception {
        return readyAfterMillis.get(5, TimeUnit.MINUTES);
    }

    String setupLink() throws Exception {
        return setupLink.get(30, TimeUnit.SECONDS);
    }

    /// CPU seconds used so far by the server's Java process, from /proc.
    double cpuSeconds() throws IOException {
        return cpuSeconds(java(), false);
    }

    /// CPU seconds used so far by the database's processes, those that ended included.
    double databaseCpuSeconds() throws IOException {
        var postmaster = postmaster();
        var sum = cpuSeconds(postmaster.pid(), true);
        for (var backend : postmaster.children().toList()) {
            sum += cpuSeconds(backend.pid(), false);
        }
        return sum;
    }

    Meter.Spent spent() throws IOException {
        return new Meter.Spent(cpuSeconds(), databaseCpuSeconds());
    }

    private static double cpuSeconds(long pid, boolean withEnded) throws IOException {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            var ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            if (withEnded) {
                ticks += Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
            }
            return ticks / 100.0;
        } catch (java.nio.file.NoSuchFileException ended) {
            return 0;
        }
    }

    private ProcessHandle postmaster() throws IOException {
        var file = data.resolve("database/cluster/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).orElseThrow();
    }

    /// Resident memory in MiB: the Java process alone.
    long residentMiB() throws IOException {
        return resident(java());
    }

    /// KiB of the Java heap that live: what is left of it after all garbage is collected.
    long liveHeapKiB() throws Exception {
        var jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
        var pid = String.valueOf(java());
        said(jcmd, pid, "GC.run");
        var found = Pattern.compile("total \\d+K, used (\\d+)K").matcher(said(jcmd, pid, "GC.heap_info"));
        var sum = 0L;
        while (found.find()) {
            sum += Long.parseLong(found.group(1));
        }
        return sum;
    }

    private static String said(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
        return said;
    }

    /// Proportional memory in MiB of the database's processes, whose shared pages count once.
    long databaseMiB() throws IOException {
        var sum = 0L;
        var family = new java.util.ArrayList<>(List.of(postmaster()));
        family.addAll(postmaster().descendants().toList());
        for (var handle : family) {
            var rollup = Path.of("/proc", String.valueOf(handle.pid()), "smaps_rollup");
            for (var line : Files.readAllLines(rollup)) {
                if (line.startsWith("Pss:")) {
                    sum += Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        }
        return sum / 1024;
    }

    /// Threads of the Java process.
    long threads() throws IOException {
        return status(java(), "Threads:");
    }

    private static long resident(long pid) throws IOException {
        return status(pid, "VmRSS:") / 1024;
    }

    private static long status(long pid, String name) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no " + name + " for process " + pid);
    }

    private long java() throws IOException {
        var family = new java.util.ArrayList<>(List.of(process.toHandle()));
        family.addAll(process.descendants().toList());
        return family.stream()
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new IOException("the server's Java process is gone"))
                .pid();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
