package dev.conduct.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what hosts send, which is theirs to shape: what is missing or of another kind is empty, and only what is
/// needed is asked for.
final class Json {

    private static final int LINE = 500;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(HookController.MOST)
                            .build())
                    .build())
            .build();
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");
    private static final Pattern NO_COMMIT = Pattern.compile("0{40,64}");
    private static final DateTimeFormatter GITLAB =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss [VV][XXX][X]", Locale.ENGLISH);

    private Json() {}

    /// @throws Unreadable when it is no JSON
    static JsonNode read(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException broken) {
            throw new Unreadable("It is no JSON.");
        }
    }

    /// What was signed, but tells nothing that can be understood.
    static final class Unreadable extends RuntimeException {

        Unreadable(String says) {
            super(says);
        }
    }

    /// One line of text, without what no database keeps.
    static String text(JsonNode node) {
        return line(node.isString() ? node.asString() : node.isNumber() ? node.asString() : "");
    }

    static String line(String text) {
        var clean = whole(text).replaceAll("\\s+", " ").strip();
        return clean.length() <= LINE ? clean : clean.substring(0, LINE);
    }

    /// A whole text, for keys in it; not kept.
    static String whole(JsonNode node) {
        return node.isString() ? whole(node.asString()) : "";
    }

    private static String whole(String text) {
        return text.replaceAll("[\\x00\\p{Cs}]", "");
    }

    /// @throws Unreadable when it is none
    static String sha(JsonNode node, String of) {
        var sha = shaOrNull(node);
        if (sha == null) {
            throw new Unreadable("The commit of " + of + " is missing, or is none.");
        }
        return sha;
    }

    static @Nullable String shaOrNull(JsonNode node) {
        var text = text(node).toLowerCase(Locale.ROOT);
        return SHA.matcher(text).matches() && !NO_COMMIT.matcher(text).matches() ? text : null;
    }

    /// @throws Unreadable when it is none
    static long number(JsonNode node, String of) {
        if (!node.isIntegralNumber() || node.asLong() < 0) {
            throw new Unreadable("The number of " + of + " is missing, or is none.");
        }
        return node.asLong();
    }

    /// @throws Unreadable when it is none
    static Instant moment(JsonNode node, String of) {
        var moment = momentOrNull(node);
        if (moment == null) {
            throw new Unreadable("The time of " + of + " is missing, or is none.");
        }
        return moment;
    }

    /// ISO 8601, as GitLab also writes it with blanks, or seconds since 1970.
    static @Nullable Instant momentOrNull(JsonNode node) {
        try {
            if (node.isIntegralNumber()) {
                return Instant.ofEpochSecond(node.asLong());
            }
            var text = text(node).replace("UTC", "Z");
            return text.isEmpty()
                    ? null
                    : text.contains("T") ? OffsetDateTime.parse(text).toInstant() : GITLAB.parse(text, Instant::from);
        } catch (DateTimeException none) {
            return null;
        }
    }

    static @Nullable String branch(JsonNode ref) {
        var text = text(ref);
        return text.startsWith("refs/heads/") ? text.substring("refs/heads/".length()) : null;
    }
}
