package dev.conduct.scim;

import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The operations of a PATCH (RFC 7644, 3.5.2), applied to a resource as it would be read: what comes out is then put
/// in its place like any other.
final class ScimPatch {

    private static final Pattern PATH = Pattern.compile(
            "(?:urn:[A-Za-z0-9:._-]+:)?([A-Za-z$][A-Za-z0-9_$-]*)(?:\\[(.{1,500})])?(?:\\.([A-Za-z$][A-Za-z0-9_-]*))?");
    private static final int MOST = 1_000;

    private ScimPatch() {}

    static void apply(ObjectNode resource, ObjectNode body) {
        var operations = ScimJson.member(body, "Operations");
        if (!(operations instanceof ArrayNode list) || list.isEmpty() || list.size() > MOST) {
            throw new ScimRefusal(400, "invalidSyntax", "Operations lists 1 to " + MOST + " changes.");
        }
        list.forEach(operation -> one(resource, operation));
    }

    private static void one(ObjectNode resource, JsonNode operation) {
        var word = ScimJson.text(operation, "op");
        var path = ScimJson.text(operation, "path");
        var value = ScimJson.member(operation, "value");
        switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
            case "add" -> put(resource, path, required(value), true);
            case "replace" -> put(resource, path, required(value), false);
            case "remove" -> remove(resource, path, value);
            default -> throw new ScimRefusal(400, "invalidSyntax", "op is add, replace or remove.");
        }
    }

    private static JsonNode required(@Nullable JsonNode value) {
        if (value == null) {
            throw ScimRefusal.value("This change needs a value.");
        }
        return value;
    }

    private static void put(ObjectNode resource, @Nullable String path, JsonNode value, boolean add) {
        if (path == null) {
            if (!value.isObject()) {
                throw ScimRefusal.value("Without a path, the value is an object of attributes.");
            }
            value.properties().forEach(change -> put(resource, change.getKey(), change.getValue(), add));
            return;
        }
        var at = at(resource, path);
        if (at.filter() != null) {
            var matching = matching(at.array(), at.filter());
            if (matching.isEmpty()) {
                matching.add(at.array().addObject());
                ScimFilter.parse(at.filter()).forEach(matching.getFirst()::put);
            }
            for (var element : matching) {
                if (at.sub() == null && value instanceof ObjectNode whole) {
                    element.setAll(whole);
                } else {
                    element.set(at.sub() == null ? "value" : at.sub(), value);
                }
            }
        } else if (at.sub() != null) {
            var inner = resource.get(at.name()) instanceof ObjectNode known ? known : resource.putObject(at.name());
            inner.set(at.sub(), value);
        } else if (add && resource.get(at.name()) instanceof ArrayNode known) {
            if (value instanceof ArrayNode more) {
                known.addAll(more);
            } else {
                known.add(value);
            }
        } else if (resource.get(at.name()) instanceof ObjectNode known && value instanceof ObjectNode some) {
            known.setAll(some);
        } else {
            resource.set(at.name(), value);
        }
    }

    private static void remove(ObjectNode resource, @Nullable String path, @Nullable JsonNode value) {
        if (path == null) {
            throw new ScimRefusal(400, "noTarget", "A removal needs a path.");
        }
        var at = at(resource, path);
        if (at.filter() != null) {
            var gone = matching(at.array(), at.filter());
            if (at.sub() == null) {
                drop(resource, at.name(), gone);
            } else {
                gone.forEach(element -> element.remove(at.sub()));
            }
        } else if (at.sub() != null) {
            if (resource.get(at.name()) instanceof ObjectNode inner) {
                inner.remove(at.sub());
            }
        } else if (value instanceof ArrayNode some && resource.get(at.name()) instanceof ArrayNode known) {
            // As one large directory takes members away: by listing them as the value.
            var gone = new ArrayList<ObjectNode>();
            for (var element : known) {
                if (element instanceof ObjectNode object && some.valueStream().anyMatch(one -> same(one, object))) {
                    gone.add(object);
                }
            }
            drop(resource, at.name(), gone);
        } else {
            resource.remove(at.name());
        }
    }

    private static boolean same(JsonNode one, ObjectNode other) {
        return one.path("value").asString("").equals(other.path("value").asString("-"));
    }

    private static void drop(ObjectNode resource, String name, java.util.List<ObjectNode> gone) {
        if (resource.get(name) instanceof ArrayNode known) {
            var kept = known.valueStream()
                    .filter(element -> !gone.contains(element))
                    .toList();
            var left = resource.putArray(name);
            kept.forEach(left::add);
        }
    }

    private static ArrayList<ObjectNode> matching(ArrayNode array, String filter) {
        var wanted = ScimFilter.parse(filter);
        var found = new ArrayList<ObjectNode>();
        for (var element : array) {
            if (element instanceof ObjectNode object
                    && wanted.entrySet().stream()
                            .allMatch(term ->
                                    object.path(term.getKey()).asString("").equalsIgnoreCase(term.getValue()))) {
                found.add(object);
            }
        }
        return found;
    }

    private record Place(
            String name, @Nullable String filter, @Nullable String sub, ArrayNode array) {}

    private static Place at(ObjectNode resource, String path) {
        var read = PATH.matcher(path.strip());
        if (path.length() > 700 || !read.matches()) {
            throw new ScimRefusal(400, "invalidPath", "“" + path + "” is no path of an attribute.");
        }
        var name = resource.propertyNames().stream()
                .filter(known -> known.equalsIgnoreCase(read.group(1)))
                .findFirst()
                .orElse(read.group(1));
        var filter = read.group(2);
        var array = filter == null
                ? resource.arrayNode()
                : resource.get(name) instanceof ArrayNode known ? known : resource.putArray(name);
        return new Place(name, filter, read.group(3), array);
    }
}
