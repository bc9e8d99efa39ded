package dev.conduct.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One step for every request of a Postman collection, with what its tests say in the usual words: the status, the
/// time it may take, values that later requests need. Other lines of its scripts are programs, and are told of.
final class PostmanDraft {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 100;
    private static final int MOST_DEEP = 10;
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]{1,60}?)\\s*}}");
    private static final Pattern STATUS = Pattern.compile("to\\.have\\.status\\(\\s*(\\d{3})");
    private static final Pattern TIME = Pattern.compile("responseTime\\)\\.to\\.be\\.below\\(\\s*(\\d{1,6})");
    private static final Pattern KEPT = Pattern.compile(
            "(?:environment|collectionVariables|globals|variables)\\.set\\(\\s*[\"']([^\"']{1,60})[\"']\\s*,\\s*"
                    + "(?:pm\\.response\\.json\\(\\)|\\w+)((?:\\.\\w{1,60}){1,10})\\s*\\)");
    private static final Pattern SECRET = Pattern.compile("(?i).*(token|password|secret|api_?key|credential).*");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private final TreeSet<String> secrets = new TreeSet<>();
    private final TreeSet<String> kept = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();

    private PostmanDraft() {}

    static Drafts.Content of(Tree collection) {
        var draft = new PostmanDraft();
        for (var variable : collection.under("variable").list()) {
            var name = draft.name(variable.text("key"));
            if (SECRET.matcher(name).matches()) {
                draft.secrets.add(name);
            } else {
                draft.values.put(name, draft.filled(variable.text("value")));
            }
        }
        draft.items(collection.under("item").list(), collection.under("auth"), 0);
        draft.told();
        return new Drafts.Content(collection.under("info").text("name"), draft.values, draft.steps, draft.notes);
    }

    private void items(List<Tree> items, Tree auth, int depth) {
        for (var item : items) {
            var own = item.under("auth").there() ? item.under("auth") : auth;
            if (item.under("item").there() && depth < MOST_DEEP) {
                items(item.under("item").list(), own, depth + 1);
            } else if (item.under("request").there() && steps.size() < MOST) {
                request(item, item.under("request"), own);
            }
        }
    }

    private void request(Tree item, Tree request, Tree auth) {
        var step = new LinkedHashMap<String, Object>();
        var url = request.under("url");
        var raw = url.text("raw").isEmpty() ? url.text() : url.text("raw");
        var method = request.text("method").isEmpty()
                ? "GET"
                : request.text("method").toUpperCase(Locale.ROOT);
        step.put("name", item.text("name").isBlank() ? method + " " + raw : item.text("name"));
        step.put("http", method + " " + filled(raw).replaceAll("\\s", "%20"));
        var headers = new LinkedHashMap<String, Object>();
        request.under("header").list().stream()
                .filter(header -> !header.text("disabled").equals("true"))
                .forEach(header -> headers.put(header.text("key"), filled(header.text("value"))));
        var wanted = request.under("auth").there() ? request.under("auth") : auth;
        if (wanted.text("type").equals("bearer")) {
            headers.put("Authorization", "Bearer " + filled(bearer(wanted)));
        }
        headers.keySet()
                .removeIf(name ->
                        name.isBlank() || name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("host"));
        if (!headers.isEmpty()) {
            step.put("headers", headers);
        }
        body(request.under("body"), step);
        tests(item, step);
        steps.add(step);
    }

    private static String bearer(Tree auth) {
        var bearer = auth.under("bearer");
        return bearer.list().stream()
                .filter(one -> one.text("key").equals("token"))
                .map(one -> one.text("value"))
                .findFirst()
                .orElse(bearer.text("token"));
    }

    private void body(Tree body, Map<String, Object> step) {
        var raw = body.text("raw");
        if (!raw.isBlank()) {
            var text = filled(raw);
            try {
                step.put("json", JSON.readValue(text, Object.class));
            } catch (JacksonException notJson) {
                step.put("body", text);
            }
        } else if (body.text("mode").equals("urlencoded")) {
            var form = new ArrayList<String>();
            body.under("urlencoded").list().forEach(one -> form.add(one.text("key") + "=" + filled(one.text("value"))));
            step.put("body", String.join("&", form));
        } else if (!body.text("mode").isEmpty() && !body.text("mode").equals("raw")) {
            notes.add(step.get("name") + ": its body (" + body.text("mode") + ") is left out.");
        }
    }

    private void tests(Tree item, Map<String, Object> step) {
        var expect = new LinkedHashMap<String, Object>();
        var keep = new LinkedHashMap<String, Object>();
        for (var event : item.under("event").list()) {
            var script = event.under("script").under("exec");
            var lines = script.list().isEmpty()
                    ? List.of(script.text())
                    : script.list().stream().map(Tree::text).toList();
            var text = String.join("\n", lines);
            STATUS.matcher(text)
                    .results()
                    .findFirst()
                    .ifPresent(found -> expect.put("status", Integer.valueOf(found.group(1))));
            TIME.matcher(text).results().findFirst().ifPresent(found -> expect.put("within", found.group(1) + " ms"));
            KEPT.matcher(text).results().forEach(found -> {
                kept.add(name(found.group(1)));
                keep.put(name(found.group(1)), found.group(2).replace('.', '/'));
            });
            if (event.text("listen").equals("prerequest") && !text.isBlank()) {
                notes.add(step.get("name") + ": the script before it is left out.");
            }
        }
        if (!expect.isEmpty()) {
            step.put("expect", expect);
        }
        if (!keep.isEmpty()) {
            step.put("keep", keep);
        }
    }

    private void told() {
        secrets.removeAll(kept);
        for (var secret : secrets) {
            notes.add("Write the secret " + secret.toUpperCase(Locale.ROOT) + ", or take it out.");
        }
    }

    /// With `${name}` for `{{name}}`; what looks like a secret is one, unless a step before kept it.
    private String filled(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            var name = name(found.group(1));
            if (SECRET.matcher(name).matches() && !kept.contains(name)) {
                secrets.add(name);
                return java.util.regex.Matcher.quoteReplacement("${secret." + name.toUpperCase(Locale.ROOT) + "}");
            }
            if (!kept.contains(name)) {
                values.putIfAbsent(name, "");
            }
            return java.util.regex.Matcher.quoteReplacement("${" + name + "}");
        });
    }

    private static String cleaned(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }

    private String name(String variable) {
        var name = cleaned(variable);
        var lettered = name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "v" + name : name;
        return lettered.substring(0, Math.min(40, lettered.length()));
    }
}
