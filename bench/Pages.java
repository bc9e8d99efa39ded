import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Every page of the demo company that links lead to, one or two of each kind, as somebody sees them who may see all.
final class Pages {

    private static final Pattern LINK = Pattern.compile("<a\\b[^>]*\\shref=\"(/[^\"#]*)");
    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"(/(?:css|js|icons|fonts)/[^\"#]+)");
    private static final Pattern FONT = Pattern.compile("url\\((/fonts/(?![a-z-]*-ext)[^)]+)\\)");
    private static final Pattern IMPORT = Pattern.compile("import [^\"]*\"\\./([a-z-]+\\.js)\"");
    private static final int OF_A_KIND = 2;
    private static final int MOST = 120;

    private final Connection connection;
    private final Map<String, String> headers;
    private final Map<String, Weight> assets = new LinkedHashMap<>();

    /// @param cookies of a person who is signed in
    Pages(int port, String cookies) {
        this.connection = new Connection(port);
        this.headers = Map.of("Accept", "text/html", "Cookie", cookies);
    }

    Map<String, String> headers() {
        return headers;
    }

    /// Addresses that answer with a page.
    List<String> crawl() throws Exception {
        var seen = new LinkedHashSet<>(Set.of("/me"));
        var kinds = new LinkedHashMap<String, Integer>();
        var waiting = new ArrayDeque<>(List.of("/me"));
        var pages = new ArrayList<String>();
        while (!waiting.isEmpty() && pages.size() < MOST) {
            var path = waiting.removeFirst();
            var answer = connection.get(path, headers);
            if (answer.status() != 200 || !answer.header("content-type").startsWith("text/html")) {
                continue;
            }
            pages.add(path);
            var links = LINK.matcher(answer.text());
            while (links.find()) {
                var link = links.group(1).replace("&amp;", "&");
                if (kinds.getOrDefault(kind(link), 0) < OF_A_KIND && seen.add(link)) {
                    kinds.merge(kind(link), 1, Integer::sum);
                    waiting.add(link);
                }
            }
        }
        return pages;
    }

    /// The address without what names one of many.
    static String kind(String link) {
        return link.replaceAll("=[^&]*", "").replaceAll("/[^/?]*[0-9][^/?]*", "/*");
    }

    /// Bytes on the wire.
    ///
    /// @param again of a second visit, when what may be kept was kept
    record Weight(long first, long again) {

        Weight plus(Weight other) {
            return new Weight(first + other.first, again + other.again);
        }
    }

    Weight weight(String path) throws Exception {
        var text = connection.get(path, headers).text();
        var packed = bytes(packed(path));
        var sum = new Weight(packed, packed);
        var needed = new LinkedHashSet<String>(Set.of("/icons/sprite.svg"));
        var found = ASSET.matcher(text);
        while (found.find()) {
            needed.add(found.group(1));
        }
        for (var asset : needed) {
            sum = sum.plus(asset(asset));
        }
        return sum;
    }

    private Weight asset(String path) throws Exception {
        var known = assets.get(path);
        if (known != null) {
            return known;
        }
        var answer = packed(path);
        if (answer.status() != 200) {
            throw new IllegalStateException(path + " answered " + answer.status());
        }
        var kept = answer.header("cache-control").contains("max-age=31536000");
        var asked = new LinkedHashMap<>(headers);
        asked.put("If-None-Match", answer.header("etag"));
        var sum = new Weight(bytes(answer), kept ? 0 : bytes(connection.get(path, asked)));
        assets.put(path, sum);
        for (var behind : behind(path)) {
            sum = assets.containsKey(behind) ? sum : sum.plus(asset(behind));
        }
        assets.put(path, sum);
        return sum;
    }

    /// Fonts of a style sheet, imports of a script; those of other scripts than Latin are fetched by nobody here.
    private List<String> behind(String path) throws Exception {
        var text = new String(connection.get(path, headers).body(), StandardCharsets.UTF_8);
        var found = new ArrayList<String>();
        if (path.startsWith("/css/")) {
            FONT.matcher(text).results().forEach(font -> found.add(font.group(1)));
        }
        if (path.startsWith("/js/")) {
            IMPORT.matcher(text).results().forEach(module -> found.add("/js/" + module.group(1)));
        }
        return found;
    }

    private Connection.Answer packed(String path) throws Exception {
        var asked = new LinkedHashMap<>(headers);
        asked.put("Accept-Encoding", "gzip");
        return connection.get(path, asked);
    }

    private static long bytes(Connection.Answer answer) {
        var head = answer.headers().entrySet().stream()
                .mapToLong(header -> header.getKey().length() + header.getValue().length() + 4)
                .sum();
        return head + answer.body().length;
    }
}
