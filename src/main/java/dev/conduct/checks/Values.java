package dev.conduct.checks;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands for `${name}` while a check runs: values of its text, what its steps kept, and secrets. A secret is
/// given only to the host it is meant for, and is never told in what came of a step.
final class Values {

    /// Begins the name of a secret: `${secret.PROBE}`.
    static final String SECRET = "secret.";

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z][\\w.]{0,60})}");
    private static final int SHORTEST_HIDDEN = 4;
    private static final int MOST = 1_000_000;
    private static final int MOST_KEPT = 16_000;

    private final Map<String, String> known;
    private final Map<String, Secret> secrets;
    private final Set<String> mocks = new TreeSet<>();

    /// @param host the only one it is sent to
    record Secret(String host, String value) {}

    /// A step cannot be done as it is written; the message says why.
    static final class Unknown extends RuntimeException {

        Unknown(String says) {
            super(says);
        }
    }

    Values(Map<String, String> known, Map<String, Secret> secrets) {
        this.known = new HashMap<>(known);
        this.secrets = secrets;
    }

    /// A step called the address of a mock.
    void called(String token) {
        mocks.add(token);
    }

    /// The mocks that were called, by what stands in their addresses.
    Set<String> mocks() {
        return Set.copyOf(mocks);
    }

    void keep(String name, String value) {
        if (value.length() > MOST_KEPT) {
            throw new Unknown("What ${" + name + "} would stand for is longer than " + MOST_KEPT + " characters.");
        }
        known.put(name, value);
    }

    /// The text without secrets: for addresses, which are told to people.
    ///
    /// @throws Unknown for a name nobody gave a value, and for a secret
    String fill(String text) {
        return fill(text, "");
    }

    /// The text as it is sent to this host.
    ///
    /// @throws Unknown for a name nobody gave a value, and for a secret meant for another host
    String fill(String text, String host) {
        var filled = text;
        // What a value of the check's own text names is filled in too, once.
        for (var round = 0; round < 2 && filled.contains("${"); round++) {
            filled = filledOnce(filled, host);
        }
        return filled;
    }

    private String filledOnce(String text, String host) {
        var named = NAMED.matcher(text);
        var filled = new StringBuilder();
        while (named.find()) {
            named.appendReplacement(filled, Matcher.quoteReplacement(value(named.group(1), host)));
            if (filled.length() > MOST) {
                throw new Unknown("With its values filled in, the text is longer than " + MOST + " characters.");
            }
        }
        return named.appendTail(filled).toString();
    }

    Map<String, String> fill(Map<String, String> texts, String host) {
        var filled = new LinkedHashMap<String, String>();
        texts.forEach((name, text) -> filled.put(name, fill(text, host)));
        return filled;
    }

    private String value(String name, String host) {
        if (!name.startsWith(SECRET)) {
            var value = known.get(name);
            if (value == null) {
                throw new Unknown(
                        "Nothing gives ${" + name + "} a value: no line of values, and no step before kept it.");
            }
            return value;
        }
        var secret = secrets.get(name.substring(SECRET.length()));
        if (secret == null) {
            throw new Unknown("There is no secret " + name.substring(SECRET.length()) + " for this product.");
        }
        if (!secret.host().equalsIgnoreCase(host)) {
            throw new Unknown(
                    host.isEmpty()
                            ? "A secret cannot stand in an address: put it into a header or the body."
                            : "The secret " + name.substring(SECRET.length()) + " is for " + secret.host()
                                    + ", not for " + host + ".");
        }
        return secret.value();
    }

    /// What is told, with every secret blotted out.
    String hidden(String text) {
        var shown = text;
        for (var secret : secrets.values()) {
            if (secret.value().length() >= SHORTEST_HIDDEN) {
                shown = shown.replace(secret.value(), "•••");
            }
        }
        return shown;
    }

    /// The secrets a check's text names.
    static Set<String> secretsIn(String text) {
        var names = new TreeSet<String>();
        NAMED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> name.startsWith(SECRET))
                .forEach(name -> names.add(name.substring(SECRET.length())));
        return names;
    }
}
