package dev.conduct.procedure;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// People in the sentences of signals and reasons: they stand there as the ledger writes them (`person:UUID`,
/// `client:UUID`), because the judge knows no names. Whoever shows a sentence puts the names in.
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

    /// The sentence with names in place of ids.
    public static String named(String sentence, UnaryOperator<String> name) {
        return ID.matcher(sentence).replaceAll(id -> Matcher.quoteReplacement(name.apply(id.group())));
    }
}
