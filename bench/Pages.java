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
    private static final int OF_A_KIND = 2;
    private static final int MOST = 120;

    private final Connection connection;
    private final Map<String, String> headers;

    /// @param cookies of a person who is signed in
    Pages(int port, String cookies) {
        this.connection = new Connection(port);
        this.headers = Map.of("Accept", "text/html", "Cookie", cookies);
    }

    Map<String, String> headers() {
        return headers;
    }

    /// Bytes of a page's body, as sent to whoever takes no compression.
    int size(String path) throws Exception {
        return connection.get(path, headers).body().length;
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
}
