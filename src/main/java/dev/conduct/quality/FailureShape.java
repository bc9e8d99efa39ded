package dev.conduct.quality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// What failures of one cause have in common: the message and the innermost frames of the company's own code, without
/// what differs from run to run (numbers, ids, addresses, folders, times) and from test to test (the test itself).
///
/// @param message the first line with words, as it was said
/// @param print the same for all failures of this shape
record FailureShape(String message, UUID print) {

    private static final int FRAMES = 3;
    private static final int MESSAGE = 300;

    private static final Pattern FRAME = Pattern.compile(
            "\\s*(?:at\\s+\\S.*|File \".*|\\.{3} \\d+ more|\\S+\\.(?:go|rb|php|py|rs|ts|js|swift|kt):\\d+.*)");
    private static final Pattern FOREIGN = Pattern.compile(
            "(?:java|javax|jdk|sun|kotlin|scala)\\.|java\\.base/|org\\.(?:junit|testng|assertj|hamcrest|mockito|apache\\.maven)\\."
                    + "|node_modules|node:internal|site-packages|_pytest|System\\.|Xunit\\.|NUnit\\.|testing\\.|runtime/");
    private static final Pattern ID =
            Pattern.compile("\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\b");
    private static final Pattern ADDRESS =
            Pattern.compile("0x[0-9a-fA-F]+|@[0-9a-f]{4,16}\\b|\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d+)?\\b");
    private static final Pattern HEX = Pattern.compile("\\b(?=[0-9a-fA-F]*\\d)[0-9a-fA-F]{8,64}\\b");
    private static final Pattern FOLDERS = Pattern.compile("(?:[A-Za-z]:)?[\\\\/](?:[\\w.~+-]++[\\\\/])+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d++(?:[.,:]\\d++)*+");
    private static final Pattern SPACE = Pattern.compile("\\s++");

    /// @param suite of the test, whose own frames say nothing about the cause
    /// @param says message and stack as the report has them
    static FailureShape of(String suite, String says) {
        var message = "";
        var frames = new ArrayList<String>();
        for (var line : says.lines().toList()) {
            if (FRAME.matcher(line).matches()) {
                frame(suite, line).filter(it -> frames.size() < FRAMES).ifPresent(frames::add);
            } else if (message.isEmpty() && !line.isBlank()) {
                message = line.strip();
            }
        }
        var shape = normal(message) + "\n" + String.join("\n", frames);
        return new FailureShape(cut(message), UUID.nameUUIDFromBytes(shape.getBytes(StandardCharsets.UTF_8)));
    }

    private static java.util.Optional<String> frame(String suite, String line) {
        var own = !suite.isEmpty() && line.contains(suite);
        if (own || line.contains("... ") || FOREIGN.matcher(line).find()) {
            return java.util.Optional.empty();
        }
        return java.util.Optional.of(normal(line.strip()));
    }

    /// A text without what differs from run to run.
    static String normal(String text) {
        var plain = ID.matcher(text).replaceAll("<id>");
        plain = ADDRESS.matcher(plain).replaceAll("<address>");
        plain = FOLDERS.matcher(plain).replaceAll("/");
        plain = HEX.matcher(plain).replaceAll("<id>");
        plain = NUMBER.matcher(plain).replaceAll("<n>");
        return SPACE.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    private static String cut(String message) {
        return message.length() <= MESSAGE ? message : message.substring(0, MESSAGE - 1) + "\u2026";
    }

    /// For texts that a list shows.
    static List<String> lines(String says, int most) {
        return says.lines().filter(line -> !line.isBlank()).limit(most).toList();
    }
}
