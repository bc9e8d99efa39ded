import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long the server itself took for each request, from its first byte to the last of the answer: Tomcat's access log
/// tells it in microseconds, beside any clock of whoever asks.
final class ServerTimes {

    private final Path folder;
    private long read;

    private ServerTimes(Path folder) {
        this.folder = folder;
    }

    static ServerTimes in(Path folder) throws IOException {
        return new ServerTimes(Files.createDirectories(folder));
    }

    /// What a server has to be started with to be read here.
    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SERVER_TOMCAT_ACCESSLOG_ENABLED", "true");
        environment.put("SERVER_TOMCAT_ACCESSLOG_DIRECTORY", folder.toAbsolutePath().toString());
        environment.put("SERVER_TOMCAT_ACCESSLOG_PREFIX", "times");
        environment.put("SERVER_TOMCAT_ACCESSLOG_SUFFIX", ".log");
        environment.put("SERVER_TOMCAT_ACCESSLOG_ROTATE", "false");
        environment.put("SERVER_TOMCAT_ACCESSLOG_BUFFERED", "false");
        environment.put("SERVER_TOMCAT_ACCESSLOG_PATTERN", "%D");
        return environment;
    }

    /// Begins anew.
    void forget() throws IOException {
        read = Files.size(file());
    }

    /// Milliseconds within which 99 of 100 of the last so many requests were done.
    double slowestOfHundred(int requests) throws IOException {
        try (var channel = FileChannel.open(file())) {
            channel.position(read);
            var all = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .mapToLong(Long::parseLong)
                    .toArray();
            var last = Arrays.stream(all).skip(Math.max(0, all.length - requests)).sorted().toArray();
            return last.length == 0 ? Double.NaN : last[(int) Math.round(0.99 * (last.length - 1))] / 1_000.0;
        }
    }

    private Path file() {
        return folder.resolve("times.log");
    }
}
