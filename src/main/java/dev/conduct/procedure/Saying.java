package dev.conduct.procedure;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Sentences with `{name}` places, filled from facts. People stand in them as the ledger writes them
/// (`person:UUID`); `Mentions` finds them, so that a page can show their names.
final class Saying {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_.]*)}");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    static final Pattern WRITTEN_MOMENT = Pattern.compile("\\b\\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2} UTC\\b");

    private Saying() {}

    static List<String> names(String sentence) {
        var names = new ArrayList<String>();
        var matcher = PLACE.matcher(sentence);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    static String filled(String sentence, Facts facts) {
        return filled(sentence, facts, Map.of());
    }

    /// @param own names of this sentence alone, before the facts
    static String filled(String sentence, Facts facts, Map<String, Object> own) {
        return PLACE.matcher(sentence).replaceAll(place -> {
            var name = place.group(1);
            var value = own.containsKey(name) ? own.get(name) : facts.find(name).orElse("");
            return java.util.regex.Matcher.quoteReplacement(shown(value == null ? "" : value));
        });
    }

    static Instant moment(String written) {
        return MOMENT.parse(written, Instant::from);
    }

    static String shown(Object value) {
        return switch (value) {
            case Instant moment -> MOMENT.format(moment);
            case Duration span -> Spans.text(span);
            case List<?> list ->
                String.join(", ", list.stream().map(Saying::shown).toList());
            case String text -> text.isEmpty() ? "(nothing)" : text;
            default -> value.toString();
        };
    }
}
