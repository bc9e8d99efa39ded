package dev.conduct.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/// What somebody chose for words without a counterpart, as a mapping.
final class Answers {

    static final String PERSON = "person";

    private Answers() {}

    /// @param before the answers so far, as a mapping
    /// @param form `state|Awaiting Evidence` -> `in_fix`; what is left open stays open
    static String laidOver(String before, Map<String, String> form) {
        var options = new DumperOptions();
        options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
        var mapping = new LinkedHashMap<String, Object>();
        if (yaml.load(before) instanceof Map<?, ?> known) {
            known.forEach((section, table) -> mapping.put(String.valueOf(section), table));
        }
        form.forEach((name, chosen) -> {
            var at = name.indexOf('|');
            var kind = at > 0 ? name.substring(0, at) : "";
            if (kind.equals(PERSON)) {
                table(mapping, kind).put(name.substring(at + 1), chosen.isBlank() ? Mapping.OUTSIDE : chosen.strip());
            } else if (at > 0 && !chosen.isBlank()) {
                table(mapping, kind).put(name.substring(at + 1), chosen);
            }
        });
        return yaml.dump(mapping);
    }

    /// The columns somebody chose, and what else the page about them asks.
    ///
    /// @param form `source`, `dates`, `zone`, `delimiter` and `encoding`; what is empty is not said
    static String columns(String before, Map<String, String> columns, Map<String, String> form) {
        var options = new DumperOptions();
        options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options);
        var mapping = new LinkedHashMap<String, Object>();
        if (yaml.load(before) instanceof Map<?, ?> known) {
            known.forEach((section, table) -> mapping.put(String.valueOf(section), table));
        }
        mapping.put("columns", columns);
        for (var name : List.of("source", "dates", "zone", "delimiter", "encoding")) {
            var said = form.getOrDefault(name, "");
            if (name.equals("delimiter") ? !said.isEmpty() : !said.isBlank()) {
                mapping.put(name, said.equals("\t") ? "tab" : said.strip().isEmpty() ? said : said.strip());
            }
        }
        return yaml.dump(mapping);
    }

    private static Map<String, Object> table(Map<String, Object> mapping, String kind) {
        return switch (kind) {
            case "state" -> inner(mapping, "states");
            case "resolution" -> inner(mapping, "resolutions");
            case PERSON -> inner(mapping, "people");
            default -> inner(inner(mapping, "values"), kind);
        };
    }

    private static Map<String, Object> inner(Map<String, Object> mapping, String name) {
        var inner = new LinkedHashMap<String, Object>();
        if (mapping.get(name) instanceof Map<?, ?> known) {
            known.forEach((key, value) -> inner.put(String.valueOf(key), value));
        }
        mapping.put(name, inner);
        return inner;
    }
}
