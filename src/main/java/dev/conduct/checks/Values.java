package dev.conduct.checks;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands for `${name}` while a check runs: values of its text, what its steps kept, and secrets. A secret is
/// given only to the hosts it is meant for, and so is what was kept of an answer to a request that carried one; neither
/// is told in what came of a step.
final class Values {

    /// Begins the name of a secret: `${secret.PROBE}`.
    static final String SECRET = "secret.";

    private static final Pattern NAMED = Pattern.compile("\\$\\{([A-Za-z][\\w.]{0,60})}");
    private static final int SHORTEST_HIDDEN = 4;
    private static final int MOST = 1_000_000;
    private static final int MOST_KEPT = 16_000;

    private final Map<String, Kept> known = new HashMap<>();
    private final Map<String, Secret> secrets;
    private final Set<String> mocks = new TreeSet<>();

    /// The hosts that what the step under way has filled in may be sent to, null: any.
    private @Nullable Set<String> bound;

    /// @param host the ones it is sent to, with commas
    record Secret(String host, String value) {

        Set<String> hosts() {
            return Set.of(host.toLowerCase(Locale.ROOT).split(",\\s*"));
        }
    }

    /// @param hosts that it may be sent to, null: any
    record Kept(String value, @Nullable Set<String> hosts) {}

    /// A step cannot be done as it is written; the message says why.
    static final class Unknown extends RuntimeException {

        Unknown(String says) {
            super(says);
        }
    }

    Values(Map<String, String> known, Map<String, Secret> secrets) {
        known.forEach((name, value) -> this.known.put(name, new Kept(value, null)));
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
        known.put(name, new Kept(value, bound));
    }

    /// What its steps kept so far and its text said, for a drill whose server may end.
    Map<String, Kept> known() {
        return Map.copyOf(known);
    }

    void restore(Map<String, Kept> kept) {
        known.putAll(kept);
    }

    /// The next step: nothing is filled in yet.
    void begin() {
        bound = null;
    }

    /// Whether the step under way sends a secret, or what came of one.
    boolean secret() {
        return bound != null;
    }

    /// To be asked when it is known where a step leads, before anything is sent there.
    ///
    /// @throws Unknown when it would carry what is meant for another host
    void meantFor(String host) {
        var hosts = bound;
        if (hosts != null && !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new Unknown("What a step kept after sending a secret may go to the hosts of the secret alone, not to "
                    + host + ". Whoever keeps the secret can name several.");
        }
    }

    private void bind(@Nullable Set<String> hosts) {
        if (hosts != null) {
            var before = bound;
            bound = before == null
                    ? hosts
                    : hosts.stream().filter(before::contains).collect(Collectors.toSet());
        }
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
            bind(value.hosts());
            return value.value();
        }
        var secret = secrets.get(name.substring(SECRET.length()));
        if (secret == null) {
            throw new Unknown("There is no secret " + name.substring(SECRET.length()) + " for this product.");
        }
        if (!secret.hosts().contains(host.toLowerCase(Locale.ROOT))) {
            throw new Unknown(
                    host.isEmpty()
                            ? "A secret cannot stand in an address: put it into a header or the body."
                            : "The secret " + name.substring(SECRET.length()) + " is for " + secret.host()
                                    + ", not for " + host + ".");
        }
        bind(secret.hosts());
        return secret.value();
    }

    /// What is told, with every secret blotted out.
    String hidden(String text) {
        var shown = text;
        for (var value : hiding()) {
            shown = shown.replace(value, "•••");
        }
        return shown;
    }

    /// Longest first, so that no part of one stays.
    private List<String> hiding() {
        return Stream.concat(
                        secrets.values().stream().map(Secret::value),
                        known.values().stream()
                                .filter(kept -> kept.hosts() != null)
                                .map(Kept::value))
                .filter(value -> value.length() >= SHORTEST_HIDDEN)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
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
