package dev.conduct.procedure;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// People and times in the sentences of signals and reasons: people stand there as the ledger writes them
/// (`person:UUID`, `client:UUID`) and times in UTC, because the judge knows no names and nobody's zone. Whoever shows
/// a sentence puts in names and local times.
public final class Mentions {

    private static final Pattern ID =
            Pattern.compile("\\b(?:person|client):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

    private Mentions() {}

    /// The ids that stand in a sentence.
    public static Set<String> in(String sentence) {
        var ids = new LinkedHashSet<String>();
        var matcher = ID.matcher(sentence);
        while (matcher.find()) {
            ids.add(matcher.group());
        }
        return ids;
    }

    /// The sentence with its times, which the judge writes in UTC, as whoever reads them wants them.
    public static String moments(String sentence, Function<Instant, String> shown) {
        return Saying.WRITTEN_MOMENT
                .matcher(sentence)
                .replaceAll(found -> Matcher.quoteReplacement(shown.apply(Saying.moment(found.group()))));
    }

    /// The sentence with names in place of ids.
    public static String named(String sentence, UnaryOperator<String> name) {
        return ID.matcher(sentence).replaceAll(id -> Matcher.quoteReplacement(name.apply(id.group())));
    }
}
