package dev.conduct.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A case as a file tells it: fields that it does not tell stay as they are.
///
/// @param line where it begins
/// @param fields by name: title, preconditions, steps, data, edge_class, automation, requirement, component, point (its
///     name), reference
record CaseDraft(long line, Map<String, String> fields) {

    static final List<String> FIELDS = List.of(
            "reference",
            "title",
            "preconditions",
            "steps",
            "expected",
            "data",
            "edge_class",
            "automation",
            "requirement",
            "component",
            "point");

    CaseDraft(long line) {
        this(line, new LinkedHashMap<>());
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    /// One more line of a field that may have several.
    void add(String field, String text) {
        fields.merge(field, text, (before, more) -> before + "\n" + more);
    }

    /// The text of a case after it.
    ///
    /// @param before what it said so far
    /// @param points names of integration points, and their ids
    CaseText over(CaseText before, Map<String, java.util.UUID> points) {
        return new CaseText(
                fields.getOrDefault("title", before.title()),
                fields.getOrDefault("preconditions", before.preconditions()),
                fields.containsKey("steps") ? Step.read(get("steps")) : before.steps(),
                fields.containsKey("data") ? DataSet.read(get("data")) : before.data(),
                fields.getOrDefault("edge_class", before.edge()),
                fields.getOrDefault("automation", before.automation()),
                fields.getOrDefault("requirement", before.requirement()),
                fields.getOrDefault("component", before.component()),
                fields.containsKey("point")
                        ? points.get(get("point").toLowerCase(java.util.Locale.ROOT))
                        : before.point(),
                before.reference().isEmpty() ? get("reference") : before.reference());
    }
}
