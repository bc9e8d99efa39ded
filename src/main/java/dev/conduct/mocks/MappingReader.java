package dev.conduct.mocks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads stub mappings. What is not supported is refused by its place, so that nobody believes in a mock that answers
/// otherwise than it says.
final class MappingReader {

    static final int MOST_TOLD = 20;

    private static final int MOST_DELAY = 30_000;
    private static final int MOST_BODY = 1024 * 1024;
    private static final int MOST_TEXT = 2_000;
    private static final Set<String> MAPPING = Set.of(
            "id",
            "uuid",
            "name",
            "priority",
            "request",
            "response",
            "scenarioName",
            "requiredScenarioState",
            "newScenarioState",
            "metadata",
            "persistent",
            "insertionIndex");
    private static final Set<String> RESPONSE =
            Set.of("status", "statusMessage", "headers", "body", "jsonBody", "base64Body", "fixedDelayMilliseconds");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\xa0-\\xff\\t]{0,2000}");

    /// What the connection says by itself, as recorded answers carry it.
    private static final Set<String> OWN =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "date", "server");

    /// What would tell a browser something about this server: the mock shares its name.
    private static final Set<String> REFUSED = Set.of(
            "set-cookie",
            "clear-site-data",
            "strict-transport-security",
            "service-worker-allowed",
            "refresh",
            "content-security-policy",
            "content-security-policy-report-only",
            "permissions-policy",
            "nel",
            "alt-svc",
            "report-to",
            "reporting-endpoints",
            "x-content-type-options",
            "x-frame-options",
            "upgrade",
            "trailer",
            "te",
            "proxy-authenticate",
            "content-encoding",
            "cross-origin-opener-policy",
            "public-key-pins",
            "origin-agent-cluster");

    private MappingReader() {}

    /// @param mappings an array
    /// @param wrong takes what is wrong, each with its place
    static List<Stub> read(JsonNode mappings, List<String> wrong) {
        var stubs = new ArrayList<Stub>();
        for (var mapping : new Found("mappings", mappings, wrong).list()) {
            stubs.add(stub(mapping, stubs.size()));
        }
        return stubs;
    }

    private static Stub stub(Found mapping, int place) {
        mapping.only(MAPPING);
        var request = mapping.under("request");
        var conditions = request.there() ? RequestReader.read(request) : List.<Stub.Condition>of();
        if (!mapping.under("response").there()) {
            mapping.wrong("has no response. Write one, such as {\"status\": 200}.");
        }
        return new Stub(
                name(mapping, request),
                place,
                mapping.under("priority").number(5, 1, 1_000_000),
                scenario(mapping),
                conditions,
                answer(mapping.under("response")));
    }

    private static String name(Found mapping, Found request) {
        var name = line(mapping.under("name"), 200);
        if (!name.isEmpty()) {
            return name;
        }
        var node = request.node();
        var method = node == null ? "ANY" : node.path("method").asString("ANY");
        for (var key : RequestReader.URLS) {
            if (node != null && node.path(key).isString()) {
                return method + " " + node.path(key).stringValue();
            }
        }
        return method + " anything";
    }

    private static String line(Found found, int most) {
        var text = found.text();
        if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            found.wrong("must be one line of at most " + most + " characters.");
            return "";
        }
        return text;
    }

    private static Stub.@Nullable Scenario scenario(Found mapping) {
        var name = line(mapping.under("scenarioName"), 200);
        var required = line(mapping.under("requiredScenarioState"), 200);
        var next = line(mapping.under("newScenarioState"), 200);
        if (name.isEmpty()) {
            if (!required.isEmpty() || !next.isEmpty()) {
                mapping.wrong("names a state and no scenario. Write scenarioName.");
            }
            return null;
        }
        return new Stub.Scenario(name, required.isEmpty() ? null : required, next.isEmpty() ? null : next);
    }

    private static Stub.Answer answer(Found response) {
        if (!response.there()) {
            return new Stub.Answer(200, List.of(), new byte[0], Duration.ZERO);
        }
        response.only(RESPONSE);
        return new Stub.Answer(
                response.under("status").number(200, 200, 599),
                headers(response.under("headers")),
                body(response),
                Duration.ofMillis(response.under("fixedDelayMilliseconds").number(0, 0, MOST_DELAY)));
    }

    private static List<Stub.Header> headers(Found headers) {
        var all = new ArrayList<Stub.Header>();
        for (var entry : headers.entries()) {
            var name = entry.getKey().toLowerCase(Locale.ROOT);
            var at = entry.getValue();
            if (!HEADER.matcher(entry.getKey()).matches()) {
                at.wrong("is no name of a header.");
            } else if (REFUSED.contains(name)) {
                at.wrong("may not be answered: the mock has the address of this server, and its browsers would obey."
                        + " Take it away.");
            } else if (!OWN.contains(name)) {
                var values = at.node() != null && at.node().isArray() ? at.list() : List.of(at);
                values.forEach(value -> all.add(new Stub.Header(entry.getKey(), value(value))));
            }
        }
        if (all.size() > 100) {
            headers.wrong("are more than 100.");
        }
        return List.copyOf(all);
    }

    private static String value(Found found) {
        var node = found.node();
        var text = node != null && (node.isNumber() || node.isBoolean()) ? node.asString() : found.text();
        if (!VALUE.matcher(text).matches()) {
            found.wrong("must be one line of at most " + MOST_TEXT + " characters.");
            return "";
        }
        return text;
    }

    private static byte[] body(Found response) {
        var said = List.of("body", "jsonBody", "base64Body").stream()
                .filter(key -> response.under(key).there())
                .toList();
        if (said.size() > 1) {
            response.wrong("says its body more than once: " + String.join(", ", said) + ". Keep one.");
        }
        var body = bytes(response, said.isEmpty() ? "body" : said.getFirst());
        if (body.length > MOST_BODY) {
            response.wrong("has a body of more than 1 MB.");
        }
        return body;
    }

    private static byte[] bytes(Found response, String key) {
        var found = response.under(key);
        return switch (key) {
            case "jsonBody" -> String.valueOf(found.node()).getBytes(StandardCharsets.UTF_8);
            case "base64Body" -> {
                try {
                    yield Base64.getMimeDecoder().decode(found.text());
                } catch (IllegalArgumentException broken) {
                    found.wrong("is not base64.");
                    yield new byte[0];
                }
            }
            default -> found.text().getBytes(StandardCharsets.UTF_8);
        };
    }
}
