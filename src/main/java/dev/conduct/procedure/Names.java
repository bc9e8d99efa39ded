package dev.conduct.procedure;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The names a rule may use, with their types. `Facts` supplies their values; docs/guide/procedure.md lists them.
final class Names {

    /// The links one item may have to another.
    static final List<String> LINKS = List.of("duplicates", "blocks", "causes", "fixes");

    /// Names under `item.` that are no fields.
    static final Set<String> ITEM = Set.of("key", "type", "state", "assignee", "reporter", "created_at");

    private static final String TEXT_ATTRIBUTES = "by commit build source";

    private Names() {}

    /// @param transitions names of transitions and acts
    /// @param acts acts with the roles that may do them
    static Map<String, CelType> of(
            Collection<ItemType.Field> fields,
            Collection<String> transitions,
            Map<String, Collection<String>> acts,
            Collection<String> evidence,
            Collection<Procedure.Parameter> parameters) {
        var names = new TreeMap<String, CelType>();
        item(names, fields);
        names.put("now", SimpleType.TIMESTAMP);
        names.put("actor.id", SimpleType.STRING);
        names.put("actor.roles", RuleLanguage.WORDS);
        names.put("attempt.transition", SimpleType.STRING);
        evidence.forEach(kind -> evidence(names, "evidence." + kind + "."));
        transitions.forEach(name -> passages(names, "passages." + name + "."));
        acts.forEach((act, roles) -> {
            names.put("acts." + act + ".taken", SimpleType.BOOL);
            names.put("acts." + act + ".by", RuleLanguage.WORDS);
            names.put("acts." + act + ".roles", RuleLanguage.WORDS);
            roles.forEach(role -> names.put("acts." + act + "." + role, RuleLanguage.WORDS));
        });
        LINKS.forEach(kind -> names.put("links." + kind, RuleLanguage.WORDS));
        parameters.forEach(parameter -> names.put("parameter." + parameter.name(), type(parameter.value())));
        return names;
    }

    private static void item(Map<String, CelType> names, Collection<ItemType.Field> fields) {
        ITEM.forEach(name -> names.put("item." + name, SimpleType.STRING));
        names.put("item.created_at", SimpleType.TIMESTAMP);
        fields.forEach(field -> {
            names.put("given." + field.name(), SimpleType.BOOL);
            names.put(
                    "item." + field.name(),
                    field.kind() == ItemType.FieldKind.NUMBER ? SimpleType.INT : SimpleType.STRING);
        });
    }

    private static void evidence(Map<String, CelType> names, String prefix) {
        names.put(prefix + "present", SimpleType.BOOL);
        names.put(prefix + "passed", SimpleType.BOOL);
        names.put(prefix + "failed", SimpleType.BOOL);
        names.put(prefix + "told", SimpleType.BOOL);
        names.put(prefix + "at", SimpleType.TIMESTAMP);
        names.put(prefix + "roles", RuleLanguage.WORDS);
        for (var attribute : TEXT_ATTRIBUTES.split(" ")) {
            names.put(prefix + attribute, SimpleType.STRING);
        }
    }

    private static void passages(Map<String, CelType> names, String prefix) {
        names.put(prefix + "taken", SimpleType.BOOL);
        names.put(prefix + "at", SimpleType.TIMESTAMP);
        names.put(prefix + "by", SimpleType.STRING);
        names.put(prefix + "assignee", SimpleType.STRING);
        names.put(prefix + "commit", SimpleType.STRING);
        names.put(prefix + "roles", RuleLanguage.WORDS);
        names.put(prefix + "people", RuleLanguage.WORDS);
        names.put(prefix + "assignees", RuleLanguage.WORDS);
        names.put(prefix + "count", SimpleType.INT);
    }

    private static CelType type(Object value) {
        return switch (value) {
            case Duration unused -> SimpleType.DURATION;
            case Long unused -> SimpleType.INT;
            case List<?> unused -> RuleLanguage.WORDS;
            default -> SimpleType.STRING;
        };
    }
}
