package dev.conduct.importer;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.Procedure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Fits a mapping to the procedure it meets. A format's own words are those of the procedure we ship: what another does
/// not know of them is left out, so that it is asked for by name. What somebody wrote themselves stays, and is told
/// when it is wrong.
final class Fitting {

    private final Mapping own;
    private final Mapping mapping;

    private Fitting(Mapping own, Mapping mapping) {
        this.own = own;
        this.mapping = mapping;
    }

    /// The format's own mapping with others laid over it, fitted.
    static Mapping read(ImportFormat format, List<Imports.Overlay> overlays, Procedure procedure) {
        var fitting = new Fitting(MappingReader.read(format, List.of()), MappingReader.read(format, overlays));
        return fitting.fitted(procedure);
    }

    private Mapping fitted(Procedure procedure) {
        var type = type(procedure);
        var known = procedure.types().get(type);
        if (known == null) {
            return mapping;
        }
        var fields = fields(known);
        var states = kept(mapping.states(), own.states(), known.states().keySet(), Mapping.SAME);
        return new Mapping(
                mapping.source(),
                mapping.named(),
                type,
                initial(states),
                states,
                resolutions(known),
                values(known, fields),
                fields,
                mapping.links(),
                mapping.labels(),
                mapping.people(),
                mapping.columns(),
                mapping.dates(),
                mapping.zone(),
                mapping.delimiter(),
                mapping.encoding(),
                mapping.nulls());
    }

    private String type(Procedure procedure) {
        var types = procedure.types().keySet();
        return types.contains(mapping.type()) || !mapping.type().equals(own.type()) || types.isEmpty()
                ? mapping.type()
                : types.iterator().next();
    }

    private @org.jspecify.annotations.Nullable String initial(Map<String, String> states) {
        return Objects.equals(mapping.initial(), own.initial()) && !states.containsKey(mapping.initial())
                ? null
                : mapping.initial();
    }

    private Map<String, String> resolutions(ItemType type) {
        var kept = new LinkedHashMap<String, String>();
        mapping.resolutions().forEach((word, said) -> {
            if (!said.equals(own.resolutions().get(word)) || said.equals(Mapping.AS_STATE) || leads(said, type)) {
                kept.put(word, said);
            }
        });
        return kept;
    }

    private static boolean leads(String said, ItemType type) {
        var target = Target.of(said);
        return type.states().containsKey(target.state())
                && (target.reason() == null
                        || type.field(Meaning.REASON)
                                .filter(field -> field.options().contains(target.reason()))
                                .isPresent());
    }

    /// A field of ours is found by its name, else by what it means.
    private Map<String, String> fields(ItemType type) {
        var kept = new LinkedHashMap<String, String>();
        mapping.fields().forEach((theirs, ours) -> {
            if (type.fields().containsKey(ours)) {
                kept.put(theirs, ours);
                return;
            }
            var meant = meant(ours, type);
            if (meant.isPresent()) {
                kept.put(theirs, meant.get().name());
            } else if (!ours.equals(own.fields().get(theirs))) {
                kept.put(theirs, ours);
            }
        });
        return kept;
    }

    private static Optional<ItemType.Field> meant(String ours, ItemType type) {
        return switch (ours) {
            case "priority" -> type.field(Meaning.PRIORITY).or(() -> type.field(Meaning.SEVERITY));
            case "severity" -> type.field(Meaning.SEVERITY).or(() -> type.field(Meaning.PRIORITY));
            case "reason" -> type.field(Meaning.REASON);
            case "component" -> type.componentField();
            default -> Optional.empty();
        };
    }

    private Map<String, Map<String, String>> values(ItemType type, Map<String, String> fields) {
        var kept = new LinkedHashMap<String, Map<String, String>>();
        mapping.values().forEach((theirs, words) -> {
            var name = fields.getOrDefault(theirs, theirs);
            var field = type.fields().get(name);
            kept.put(
                    theirs,
                    field == null || field.kind() != ItemType.FieldKind.CHOICE
                            ? words
                            : kept(words, own.values().getOrDefault(theirs, Map.of()), field.options(), Mapping.NONE));
        });
        return kept;
    }

    private static Map<String, String> kept(
            Map<String, String> said, Map<String, String> own, Collection<String> known, String always) {
        var kept = new LinkedHashMap<String, String>();
        said.forEach((word, ours) -> {
            if (ours.equals(always) || known.contains(ours) || !ours.equals(own.get(word))) {
                kept.put(word, ours);
            }
        });
        return kept;
    }
}
