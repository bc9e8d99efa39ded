package dev.conduct.checks;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Reads the steps of a check. The word that says what a step does stands first in it: `http`, `dns`, `tcp`, `grpc`,
/// `database` or `drill`.
final class StepReader {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern CALL = Pattern.compile("(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\\S+)");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,60}");
    static final Pattern KEPT = Pattern.compile("[A-Za-z]\\w{0,39}");
    private static final Set<String> OWN = Set.of("host", "content-length", "connection", "transfer-encoding");
    private static final Pattern TARGET = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/]+):(\\d{1,5}|\\$\\{\\w+})");
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofSeconds(60);

    private StepReader() {}

    /// @param depth 0 outside of a drill
    static List<Step> all(Part part, String key, int depth) {
        return part.list(key).stream().map(one -> step(one, depth)).toList();
    }

    static long count(List<Step> steps) {
        return steps.stream()
                .mapToLong(step -> step instanceof Step.Drill drill
                        ? count(drill.broken())
                                + count(drill.survives())
                                + count(drill.mend())
                                + count(drill.recovers())
                        : 1)
                .sum();
    }

    private static Step step(Part part, int depth) {
        var name = part.text("name");
        if (part.has("http")) {
            part.only("name", "http", "headers", "json", "body", "timeout", "plain", "expect", "keep");
            return http(part, name.isBlank() ? part.text("http") : name);
        }
        if (part.has("dns")) {
            part.only("name", "dns", "timeout", "expect");
            var expect = part.under("expect");
            expect.only("addresses", "within");
            return new Step.Dns(
                    named(part, name, "dns"),
                    part.needed("dns", "Write the name to look up."),
                    Set.copyOf(expect.texts("addresses")),
                    timeout(part),
                    expect.span("within"));
        }
        if (part.has("tcp")) {
            part.only("name", "tcp", "timeout", "expect");
            return new Step.Tcp(named(part, name, "tcp"), target(part, "tcp"), timeout(part), within(part));
        }
        if (part.has("grpc")) {
            part.only("name", "grpc", "service", "plain", "timeout", "expect");
            return new Step.Grpc(
                    named(part, name, "grpc"),
                    target(part, "grpc"),
                    part.text("service"),
                    part.yes("plain"),
                    timeout(part),
                    within(part));
        }
        if (part.has("database")) {
            return DatabaseReader.read(part, named(part, name, "database"));
        }
        if (part.has("drill")) {
            return drill(part, name, depth);
        }
        part.wrong("this step does nothing. Write one of http, dns, tcp, grpc, database, drill.");
        return new Step.Dns(name, "", Set.of(), USUAL, null);
    }

    private static String named(Part part, String name, String key) {
        return name.isBlank() ? key + " " + part.text(key) : name;
    }

    static Step.Http http(Part part, String name) {
        var call = CALL.matcher(part.needed("http", "Write a method and an address, such as GET https://…")
                .strip());
        var matches = call.matches();
        if (!matches && part.has("http")) {
            part.wrong("http must be a method and an address, such as GET https://shop.example.com/orders.");
        }
        var headers = part.pairs("headers");
        headers.keySet().forEach(header -> {
            if (!HEADER.matcher(header).matches() || OWN.contains(header.toLowerCase(Locale.ROOT))) {
                part.wrong("headers: " + header + " cannot be set.");
            }
        });
        if (part.has("json") && part.has("body")) {
            part.wrong("json and body both say what is sent. Keep one.");
        }
        var keep = part.pairs("keep");
        keep.forEach((kept, pointer) -> {
            if (!KEPT.matcher(kept).matches() || !(pointer.isEmpty() || pointer.startsWith("/"))) {
                part.wrong("keep: write a name and a JSON pointer, such as token: /token.");
            }
        });
        return new Step.Http(
                name,
                matches ? call.group(1) : "GET",
                matches ? call.group(2) : "",
                headers,
                part.has("json") ? JSON.writeValueAsString(part.anything("json")) : part.text("body"),
                timeout(part),
                answer(part.under("expect")),
                keep,
                part.yes("plain"));
    }

    private static Step.Answer answer(Part expect) {
        expect.only("status", "within", "json", "contains", "headers", "schema");
        var status = new HashSet<Integer>();
        for (var one : expect.texts("status")) {
            if (one.matches("[1-5]\\d\\d")) {
                status.add(Integer.valueOf(one));
            } else {
                expect.wrong("status must be three digits, such as 200.");
            }
        }
        var values = expect.scalars("json");
        values.keySet().stream()
                .filter(pointer -> !pointer.startsWith("/"))
                .forEach(pointer ->
                        expect.wrong("json: " + pointer + " must be a JSON pointer: it begins with a slash."));
        return new Step.Answer(
                status,
                expect.span("within"),
                values,
                expect.texts("contains"),
                expect.pairs("headers"),
                schema(expect));
    }

    private static String schema(Part expect) {
        var schema = expect.anything("schema");
        if (!(schema instanceof Map<?, ?> map)) {
            if (schema != null) {
                expect.wrong("schema must be a JSON Schema.");
            }
            return "";
        }
        var text = JSON.writeValueAsString(map);
        Schemas.faults(text).forEach(fault -> expect.wrong("schema: " + fault + "."));
        return text;
    }

    private static Step drill(Part part, String name, int depth) {
        part.only("name", "drill");
        if (depth > 0) {
            part.wrong("a drill stands inside another. Write them one after the other.");
        }
        var drill = part.under("drill");
        drill.only("break", "survives", "mend", "recovers", "within");
        for (var needed : List.of("break", "survives", "mend")) {
            if (drill.list(needed).isEmpty()) {
                drill.wrong(needed + " is missing. Write the steps.");
            }
        }
        return new Step.Drill(
                name.isBlank() ? "Drill" : name,
                all(drill, "break", depth + 1),
                all(drill, "survives", depth + 1),
                all(drill, "mend", depth + 1),
                all(drill, "recovers", depth + 1),
                drill.span("within", Duration.ofSeconds(60), Duration.ofMinutes(10)));
    }

    private static String target(Part part, String key) {
        var target = part.needed(key, "Write host:port.");
        if (!target.isBlank() && !TARGET.matcher(target).matches() && !target.contains("${")) {
            part.wrong(key + " must be host:port.");
        }
        return target;
    }

    static Duration timeout(Part part) {
        return part.span("timeout", USUAL, MOST);
    }

    private static @Nullable Duration within(Part part) {
        var expect = part.under("expect");
        expect.only("within");
        return expect.span("within");
    }
}
