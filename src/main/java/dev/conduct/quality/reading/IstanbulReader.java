package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Part;
import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Istanbul's `coverage-final.json`: a line is where a statement begins, covered when one of them ran. Its
/// `coverage-summary.json` has no lines and is refused.
final class IstanbulReader implements KindReader {

    private static final int MOST = 200_000;

    private static final class Source {
        private final Map<String, Long> lines = new HashMap<>();
        private final Map<String, Boolean> hits = new HashMap<>();
        private final Map<String, Long> branchLines = new HashMap<>();
        private final Map<String, Part> branches = new HashMap<>();
        private boolean detailed;
        private boolean summed;
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        var book = new CoverageBook();
        json.members(path -> {
            if (!path.equals("total")) {
                var source = source(json);
                if (source.detailed) {
                    write(source, book.page(path));
                } else if (source.summed) {
                    throw Refusal.of(
                            "summary_only",
                            "This looks like Istanbul's coverage-summary.json, which has no lines. Send"
                                    + " coverage-final.json (reporter \"json\"), or LCOV.");
                } else {
                    throw Refusal.broken("a member is no file's coverage");
                }
            }
        });
        json.finish();
        book.tell(receiver);
    }

    private static Source source(Json json) {
        var source = new Source();
        json.members(name -> {
            switch (name) {
                case "statementMap" -> {
                    source.detailed = true;
                    json.members(id -> room(source.lines).put(id, startLine(json)));
                }
                case "s" -> json.members(id -> room(source.hits).put(id, json.number() > 0));
                case "branchMap" -> json.members(id -> room(source.branchLines).put(id, branchLine(json)));
                case "b" -> json.members(id -> room(source.branches).put(id, ways(json)));
                case "lines", "statements" -> source.summed = true;
                default -> {}
            }
        });
        return source;
    }

    private static <V> Map<String, V> room(Map<String, V> map) {
        if (map.size() >= MOST) {
            throw Refusal.broken("one file has more than " + MOST + " statements or branches");
        }
        return map;
    }

    private static long startLine(Json json) {
        var line = new long[1];
        json.members(end -> {
            if (end.equals("start")) {
                json.members(part -> {
                    if (part.equals("line")) {
                        line[0] = json.whole();
                    }
                });
            }
        });
        return line[0];
    }

    private static long branchLine(Json json) {
        var line = new long[1];
        json.members(part -> {
            if (part.equals("loc") && line[0] == 0) {
                line[0] = startLine(json);
            } else if (part.equals("line")) {
                line[0] = json.whole();
            }
        });
        return line[0];
    }

    private static Part ways(Json json) {
        var ways = new long[2];
        json.elements(() -> {
            ways[0] += json.number() > 0 ? 1 : 0;
            ways[1]++;
        });
        return new Part(ways[0], ways[1]);
    }

    private static void write(Source source, CoverageBook.Page page) {
        source.lines.forEach((id, line) -> {
            var hit = source.hits.getOrDefault(id, false);
            page.line(line, hit);
            page.statements(hit ? 1 : 0, 1);
        });
        var byLine = new HashMap<Long, Part>();
        source.branches.forEach((id, part) -> byLine.merge(source.branchLines.getOrDefault(id, 0L), part, Part::plus));
        byLine.forEach((line, part) -> page.branches(line, part.covered(), part.total()));
    }
}
