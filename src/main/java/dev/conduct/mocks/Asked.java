package dev.conduct.mocks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A request as stubs look at it.
///
/// @param path as it was sent, behind the address of the mock; begins with a slash
/// @param query as it was sent, empty for none
/// @param headers by their names in small letters
/// @param parameters of the query, decoded
/// @param reading what is known of it already
record Asked(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        Map<String, List<String>> parameters,
        Map<String, List<String>> cookies,
        String body,
        Reading reading) {

    private static final int MOST_PARAMETERS = 500;

    static Asked of(String method, String path, String query, Map<String, List<String>> headers, String body) {
        return new Asked(method, path, query, headers, parameters(query), cookies(headers), body, new Reading());
    }

    String url() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    private static Map<String, List<String>> parameters(String query) {
        var found = new LinkedHashMap<String, List<String>>();
        var pairs = query.split("&", MOST_PARAMETERS);
        for (var pair : pairs) {
            if (!pair.isEmpty()) {
                var equals = pair.indexOf('=');
                var name = equals < 0 ? pair : pair.substring(0, equals);
                found.computeIfAbsent(decoded(name), _ -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return found;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    private static Map<String, List<String>> cookies(Map<String, List<String>> headers) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var line : headers.getOrDefault("cookie", List.of())) {
            for (var pair : line.split(";")) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    found.computeIfAbsent(pair.substring(0, equals).strip(), _ -> new ArrayList<>())
                            .add(pair.substring(equals + 1).strip());
                }
            }
        }
        return found;
    }
}
