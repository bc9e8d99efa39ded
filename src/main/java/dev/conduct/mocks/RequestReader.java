package dev.conduct.mocks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a request must be.
final class RequestReader {

    static final List<String> URLS = List.of("url", "urlPattern", "urlPath", "urlPathPattern", "urlPathTemplate");

    private static final Set<String> REQUEST = Set.of(
            "method",
            "url",
            "urlPattern",
            "urlPath",
            "urlPathPattern",
            "urlPathTemplate",
            "pathParameters",
            "queryParameters",
            "headers",
            "cookies",
            "bodyPatterns",
            "basicAuthCredentials");
    private static final Set<String> METHODS =
            Set.of("ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]{0,60})}");

    private RequestReader() {}

    static List<Stub.Condition> read(Found request) {
        request.only(REQUEST);
        var all = new ArrayList<Stub.Condition>();
        method(request.under("method"), all);
        url(request, all);
        each(
                request,
                "queryParameters",
                "query",
                1,
                all,
                name -> asked -> asked.parameters().getOrDefault(name, List.of()));
        each(request, "headers", "header", 1, all, name -> asked -> asked.header(name));
        each(
                request,
                "cookies",
                "cookie",
                1,
                all,
                name -> asked -> asked.cookies().getOrDefault(name, List.of()));
        for (var pattern : request.under("bodyPatterns").list()) {
            var wanted = PatternReader.read(pattern);
            all.add(new Stub.Condition(
                    "body",
                    2,
                    wanted.says(),
                    asked -> wanted.matches(asked.body().isEmpty() ? null : asked.body(), asked.reading())));
        }
        basic(request.under("basicAuthCredentials"), all);
        return List.copyOf(all);
    }

    private static void method(Found found, List<Stub.Condition> all) {
        var method = found.text().toUpperCase(Locale.ROOT);
        if (method.isEmpty() || method.equals("ANY")) {
            return;
        }
        if (!METHODS.contains(method)) {
            found.wrong("must be one of "
                    + String.join(", ", METHODS.stream().sorted().toList()) + ".");
        }
        all.add(new Stub.Condition("method", 3, method, asked -> asked.method().equals(method)));
    }

    private static void url(Found request, List<Stub.Condition> all) {
        var said = URLS.stream().filter(key -> request.under(key).there()).toList();
        if (said.size() > 1) {
            request.wrong("says its address more than once: " + String.join(", ", said) + ". Keep one.");
        }
        if (!said.contains("urlPathTemplate") && request.under("pathParameters").there()) {
            request.under("pathParameters").wrong("are of a urlPathTemplate, which is not there.");
        }
        if (said.isEmpty()) {
            return;
        }
        var key = said.getFirst();
        var found = request.under(key);
        var text = found.text();
        switch (key) {
            case "url" -> all.add(at("url", text, asked -> asked.url().equals(text)));
            case "urlPath" -> all.add(at("path", text, asked -> asked.path().equals(text)));
            case "urlPattern" -> {
                var pattern = PatternReader.matches(found);
                all.add(at("url", pattern.says(), asked -> pattern.matches(asked.url(), asked.reading())));
            }
            case "urlPathPattern" -> {
                var pattern = PatternReader.matches(found);
                all.add(at("path", pattern.says(), asked -> pattern.matches(asked.path(), asked.reading())));
            }
            default -> template(request, found, all);
        }
    }

    private static Stub.Condition at(String part, String expected, java.util.function.Predicate<Asked> holds) {
        return new Stub.Condition(part, 10, expected, holds);
    }

    private static void template(Found request, Found found, List<Stub.Condition> all) {
        var template = List.of(found.text().split("/", -1));
        var holes = template.stream()
                .filter(part -> HOLE.matcher(part).matches())
                .map(part -> part.substring(1, part.length() - 1))
                .toList();
        if (template.stream()
                .anyMatch(part -> part.contains("{") && !HOLE.matcher(part).matches())) {
            found.wrong("must hold {name} as whole parts between slashes.");
        }
        all.add(at("path", "like " + found.text(), asked -> filled(template, asked.path()) != null));
        for (var entry : request.under("pathParameters").entries()) {
            if (!holes.contains(entry.getKey())) {
                entry.getValue().wrong("is no {" + entry.getKey() + "} of the template.");
            }
            var wanted = PatternReader.read(entry.getValue());
            all.add(new Stub.Condition("path parameter " + entry.getKey(), 1, wanted.says(), asked -> {
                var values = filled(template, asked.path());
                return values != null && wanted.matches(values.get(entry.getKey()), asked.reading());
            }));
        }
    }

    private static @Nullable Map<String, String> filled(List<String> template, String path) {
        var parts = path.split("/", -1);
        if (parts.length != template.size()) {
            return null;
        }
        var values = new HashMap<String, String>();
        for (var at = 0; at < parts.length; at++) {
            var part = template.get(at);
            if (HOLE.matcher(part).matches() && !parts[at].isEmpty()) {
                values.put(part.substring(1, part.length() - 1), parts[at]);
            } else if (!part.equals(parts[at])) {
                return null;
            }
        }
        return values;
    }

    private static void each(
            Found request,
            String key,
            String part,
            int weight,
            List<Stub.Condition> all,
            Function<String, Function<Asked, List<String>>> values) {
        for (var entry : request.under(key).entries()) {
            var wanted = PatternReader.read(entry.getValue());
            var of = values.apply(entry.getKey());
            all.add(new Stub.Condition(
                    part + " " + entry.getKey(),
                    weight,
                    wanted.says(),
                    asked -> wanted.matchesAny(of.apply(asked), asked.reading())));
        }
    }

    private static void basic(Found found, List<Stub.Condition> all) {
        if (!found.there()) {
            return;
        }
        found.only(Set.of("username", "password"));
        var pair =
                found.under("username").text() + ":" + found.under("password").text();
        var wanted = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        all.add(new Stub.Condition(
                "header Authorization",
                1,
                "of the user",
                asked -> asked.header("Authorization").contains(wanted)));
    }
}
