package dev.conduct.mocks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A part of a mapping while it is read. What is wrong is told with its place (`mappings[2].request.url`), and reading
/// goes on, so that somebody sees all of it at once.
record Found(String place, @Nullable JsonNode node, List<String> wrong) {

    boolean there() {
        return node != null && !node.isNull();
    }

    Found under(String key) {
        return new Found(
                place.isEmpty() ? key : place + "." + key,
                node != null && node.isObject() && node.has(key) ? node.get(key) : null,
                wrong);
    }

    void wrong(String says) {
        if (wrong.size() < MappingReader.MOST_TOLD) {
            wrong.add(place + " " + says);
        }
    }

    /// Tells of every name that is none of these, and that a thing with names stands here.
    void only(Set<String> known) {
        if (node == null || !node.isObject()) {
            wrong("must be an object, such as {\"method\": \"GET\"}.");
            return;
        }
        node.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> under(name)
                        .wrong("is not supported. Take it away; supported here are "
                                + String.join(", ", known.stream().sorted().toList()) + "."));
    }

    /// Empty when it is not there.
    String text() {
        if (!there() || node == null) {
            return "";
        }
        if (!node.isString()) {
            wrong("must be a text.");
            return "";
        }
        return node.stringValue();
    }

    boolean yes() {
        if (there() && node != null && !node.isBoolean()) {
            wrong("must be true or false.");
        }
        return there() && node != null && node.isBoolean() && node.booleanValue();
    }

    int number(int usual, int least, int most) {
        if (!there() || node == null) {
            return usual;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            wrong("must be a whole number from " + least + " to " + most + ".");
            return usual;
        }
        return node.intValue();
    }

    /// Those of an array, each with its place.
    List<Found> list() {
        if (!there() || node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            wrong("must be a list.");
            return List.of();
        }
        return IntStream.range(0, node.size())
                .mapToObj(at -> new Found(place + "[" + at + "]", node.get(at), wrong))
                .toList();
    }

    /// What stands under each name.
    List<Map.Entry<String, Found>> entries() {
        if (!there() || node == null) {
            return List.of();
        }
        if (!node.isObject()) {
            wrong("must be an object of names.");
            return List.of();
        }
        return node.propertyNames().stream()
                .map(name -> Map.entry(name, under(name)))
                .toList();
    }
}
