package dev.conduct.importer;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/// What the beginning of a CSV file tells of itself, as far as it can be told by looking: its columns, what they most
/// likely are, what separates them and how it writes a moment. Somebody looks at every guess before it counts.
///
/// @param rows the first few
record Header(char delimiter, String encoding, List<String> columns, List<List<String>> rows) {

    private static final int LOOKED_AT = 64 * 1024;
    private static final int ROWS = 3;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final List<String> DATES = List.of(
            "dd.MM.yyyy HH:mm:ss",
            "dd.MM.yyyy HH:mm",
            "dd.MM.yyyy",
            "yyyy-MM-dd HH:mm:ss.SSS",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd HH:mm",
            "yyyy/MM/dd HH:mm:ss",
            "dd/MM/yyyy HH:mm",
            "dd/MM/yyyy",
            "MM/dd/yyyy");
    private static final Map<String, Set<String>> CALLED = Map.ofEntries(
            Map.entry(
                    "id",
                    Set.of("id", "key", "nr", "no", "number", "issue", "ticket", "case", "caseid", "issuekey", "ref")),
            Map.entry("title", Set.of("title", "summary", "subject", "titel", "betreff", "name", "short description")),
            Map.entry(
                    "state",
                    Set.of("state", "status", "zustand", "stage", "activity", "event", "concept name", "phase")),
            Map.entry(
                    "created",
                    Set.of("created", "created at", "opened", "opened at", "angelegt", "erstellt", "reported", "date")),
            Map.entry(
                    "time", Set.of("time", "timestamp", "time timestamp", "date", "at", "complete timestamp", "zeit")),
            Map.entry("description", Set.of("description", "text", "body", "details", "beschreibung", "comment")),
            Map.entry("resolution", Set.of("resolution", "close code", "outcome")),
            Map.entry("resolved", Set.of("resolved", "resolved at", "closed", "closed at", "erledigt")),
            Map.entry("changed", Set.of("changed", "updated", "updated at", "modified", "geaendert")),
            Map.entry("reporter", Set.of("reporter", "opened by", "created by", "author", "caller", "melder")),
            Map.entry("author", Set.of("author", "resource", "org resource", "user", "who", "person")),
            Map.entry("assignee", Set.of("assignee", "assigned to", "owner", "zugewiesen", "bearbeiter")),
            Map.entry("severity", Set.of("severity", "impact", "schwere")),
            Map.entry("priority", Set.of("priority", "prio", "urgency", "dringlichkeit")),
            Map.entry("component", Set.of("component", "module", "area", "anlage", "category")));

    static Header of(byte[] file) {
        var begin = java.util.Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
        var encoding = encoding(begin);
        var text = new String(begin, encoding.equals("UTF-8") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        var best = new Header(',', encoding, List.of(), List.of());
        for (var delimiter : DELIMITERS) {
            var read = read(text, delimiter, encoding);
            if (read.columns().size() > best.columns().size()) {
                best = read;
            }
        }
        return best;
    }

    /// Valid UTF-8, or else what Western Windows writes. The last characters may be cut in the middle.
    private static String encoding(byte[] bytes) {
        for (var cut = 0; cut < 4 && cut <= bytes.length; cut++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return "UTF-8";
            } catch (CharacterCodingException invalid) {
                // With a byte less, perhaps.
            }
        }
        return "windows-1252";
    }

    private static Header read(String text, char delimiter, String encoding) {
        var records = new ArrayList<List<String>>();
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .get();
        try (var parser = CSVParser.parse(new StringReader(text), format)) {
            for (var cells : parser) {
                records.add(cells.toList());
                if (records.size() > ROWS) {
                    break;
                }
            }
        } catch (IOException | RuntimeException broken) {
            // Told with its line when it is read whole.
        }
        return records.isEmpty()
                ? new Header(delimiter, encoding, List.of(), List.of())
                : new Header(delimiter, encoding, records.getFirst(), List.copyOf(records.subList(1, records.size())));
    }

    /// By role, the column that most likely is it; each column at most once, by its name or by the pack's title for it.
    ///
    /// @param roles each with what people call it
    Map<String, String> guessed(Map<String, String> roles) {
        var guessed = new LinkedHashMap<String, String>();
        var free = new ArrayList<>(columns);
        roles.forEach((role, title) -> {
            var words = new TreeSet<>(CALLED.getOrDefault(role, Set.of()));
            words.add(plain(role));
            words.add(plain(title));
            free.stream()
                    .filter(column -> words.contains(plain(column)))
                    .findFirst()
                    .or(() -> free.stream()
                            .filter(column -> words.stream()
                                    .anyMatch(word ->
                                            word.length() > 3 && plain(column).contains(word)))
                            .findFirst())
                    .ifPresent(column -> {
                        guessed.put(role, column);
                        free.remove(column);
                    });
        });
        return guessed;
    }

    /// How a column writes its moments; empty for ISO 8601, which needs no pattern, or for what nobody knows.
    Optional<String> dates(String column) {
        var at = columns.indexOf(column);
        var samples = rows.stream()
                .filter(row -> at >= 0 && at < row.size())
                .map(row -> row.get(at).strip())
                .filter(cell -> !cell.isEmpty())
                .toList();
        return samples.isEmpty()
                ? Optional.empty()
                : DATES.stream()
                        .filter(pattern -> samples.stream().allMatch(sample -> reads(pattern, sample)))
                        .findFirst();
    }

    private static boolean reads(String pattern, String sample) {
        try {
            Times.pattern(pattern).parse(sample);
            return true;
        } catch (RuntimeException otherwise) {
            return false;
        }
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
