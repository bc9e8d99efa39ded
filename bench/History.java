import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/// Writes a made-up tracker's export (GitHub issues, JSON lines, with comments and events), the same for the same seed:
/// what the import reads, and what lists and searches then look through.
final class History {

    private static final String[] WORDS =
            """
            page order total invoice export login session timeout cache retry queue index search filter report chart upload
            download import customer address payment refund currency rounding date time zone summer label button menu dialog
            keyboard focus theme print file image thumbnail link comment mention mail notice webhook token key permission role
            group team project release build test coverage branch merge commit deploy rollback monitor alert metric log trace
            """.split("\\s+");

    /// Stands in about one bug of a thousand: the rare word of the search figures.
    static final String RARE = "zyzzyva";
    /// Stands in nearly every bug: the common word.
    static final String COMMON = "customer";

    private History() {}

    static Path write(Path file, int items, int comments) throws IOException {
        var random = new Random(20_261_123);
        var start = Instant.parse("2023-01-02T08:00:00Z");
        try (var out = Files.newBufferedWriter(file)) {
            for (var n = 1; n <= items; n++) {
                var created = start.plus((long) n * 3 * 365 * 24 * 60 / items, ChronoUnit.MINUTES);
                var mine = comments / items + (random.nextInt(items) < comments % items ? 1 : 0);
                out.write(issue(random, n, created, mine));
                out.newLine();
            }
        }
        return file;
    }

    private static String issue(Random random, int n, Instant created, int comments) {
        var closed = random.nextInt(100) < 80;
        var closedAt = created.plus(random.nextInt(1, 400), ChronoUnit.HOURS);
        var json = new StringBuilder(2_000)
                .append("{\"id\":").append(5_000_000 + n).append(",\"number\":").append(n)
                .append(",\"title\":\"").append(words(random, 4, 10)).append("\",\"body\":\"")
                .append(words(random, 20, 60)).append(random.nextInt(3) > 0 ? " " + COMMON : "")
                .append(random.nextInt(1000) == 0 ? " " + RARE : "").append("\"")
                .append(",\"user\":").append(user(random)).append(",\"created_at\":\"").append(created).append("\"")
                .append(",\"state\":\"").append(closed ? "closed" : "open").append("\"");
        if (closed) {
            json.append(",\"state_reason\":\"completed\",\"closed_at\":\"").append(closedAt).append("\"");
        }
        json.append(",\"labels\":[],\"comments_data\":[");
        for (var c = 0; c < comments; c++) {
            json.append(c == 0 ? "" : ",").append("{\"id\":").append(n * 100L + c).append(",\"user\":").append(user(random))
                    .append(",\"created_at\":\"").append(created.plus(c * 37L + 5, ChronoUnit.MINUTES))
                    .append("\",\"body\":\"").append(words(random, 8, 40)).append("\"}");
        }
        json.append("],\"events\":[");
        if (closed) {
            json.append("{\"id\":").append(9_000_000L + n).append(",\"event\":\"closed\",\"actor\":").append(user(random))
                    .append(",\"created_at\":\"").append(closedAt).append("\",\"state_reason\":\"completed\"}");
        }
        return json.append("]}").toString();
    }

    private static String user(Random random) {
        var id = random.nextInt(40) + 1;
        return "{\"id\":" + id + ",\"login\":\"author-" + id + "\"}";
    }

    private static String words(Random random, int least, int most) {
        var text = new StringBuilder();
        for (var i = random.nextInt(least, most); i > 0; i--) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }
}
