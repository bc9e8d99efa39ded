package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mapping bound to the item type it leads to: every word here is one the type knows.
final class Vocabulary {

    private final Mapping mapping;
    private final ItemType type;

    /// @throws Problem 400 naming each word of the mapping that the type does not know
    Vocabulary(Mapping mapping, ItemType type) {
        this.mapping = mapping;
        this.type = type;
        check();
    }

    Mapping mapping() {
        return mapping;
    }

    ItemType type() {
        return type;
    }

    /// Where a state and a resolution of theirs lead, empty when either has no counterpart.
    Optional<Target> target(String state, String resolution) {
        var said = mapping.states().get(state);
        if (said == null) {
            return Optional.empty();
        }
        var decided =
                resolution.isEmpty() ? Mapping.AS_STATE : mapping.resolutions().get(resolution);
        if (decided == null) {
            return Optional.empty();
        }
        return Optional.of(Target.of(decided.equals(Mapping.AS_STATE) ? said : decided));
    }

    boolean knowsState(String state) {
        return mapping.states().containsKey(state);
    }

    boolean knowsResolution(String resolution) {
        return resolution.isEmpty() || mapping.resolutions().containsKey(resolution);
    }

    /// An activity that leaves the state as it is.
    boolean changesNothing(String state) {
        return Mapping.SAME.equals(mapping.states().get(state));
    }

    /// Our field for theirs, null when it is not kept. A column named as our field needs no further word.
    ItemType.@Nullable Field field(String theirs) {
        var ours = mapping.fields().get(theirs);
        if (ours == null && mapping.columns().containsKey(theirs)) {
            ours = theirs;
        }
        return ours == null ? null : type.fields().get(ours);
    }

    /// Their value in our words: empty text for "no value", empty when it has no counterpart.
    Optional<String> value(String theirs, ItemType.Field ours, String value) {
        var table = mapping.values().getOrDefault(theirs, Map.of());
        if (value.isBlank()) {
            return Optional.of("");
        }
        var said = table.get(value);
        if (said != null) {
            return Optional.of(said.equals(Mapping.NONE) ? "" : said);
        }
        return switch (ours.kind()) {
            case CHOICE -> ours.options().contains(value) ? Optional.of(value) : Optional.empty();
            case NUMBER -> value.matches("-?\\d{1,18}") ? Optional.of(value) : Optional.empty();
            case LINE, TEXT, COMPONENT, COMMIT, PERSON, DATE -> Optional.of(value);
        };
    }

    private void check() {
        var wrong = new ArrayList<FieldProblem>();
        mapping.states().forEach((word, said) -> {
            if (!said.equals(Mapping.SAME)) {
                known("states." + word, said, type.states().keySet(), wrong);
            }
        });
        mapping.resolutions().forEach((word, said) -> {
            if (!said.equals(Mapping.AS_STATE)) {
                var target = Target.of(said);
                known("resolutions." + word, target.state(), type.states().keySet(), wrong);
                if (target.reason() != null) {
                    known("resolutions." + word, target.reason(), reasons(), wrong);
                }
            }
        });
        mapping.fields()
                .forEach((word, ours) ->
                        known("fields." + word, ours, type.fields().keySet(), wrong));
        mapping.values().forEach((theirs, table) -> {
            var ours = field(theirs);
            if (ours != null && ours.kind() == ItemType.FieldKind.CHOICE) {
                table.forEach((word, said) -> {
                    if (!said.equals(Mapping.NONE)) {
                        known("values." + theirs + "." + word, said, ours.options(), wrong);
                    }
                });
            }
        });
        mapping.labels().forEach((label, _) -> {
            var meaning = mapping.label(label);
            if (meaning != null) {
                known("labels." + label, meaning.field(), type.fields().keySet(), wrong);
            }
        });
        if (mapping.initial() != null && !mapping.states().containsKey(mapping.initial())) {
            wrong.add(new FieldProblem(
                    "initial", "unknown_word", "`" + mapping.initial() + "` is not among the mapping's `states`."));
        }
        if (!wrong.isEmpty()) {
            throw Problem.badInput(wrong);
        }
    }

    private List<String> reasons() {
        return type.field(ItemType.Meaning.REASON).map(ItemType.Field::options).orElse(List.of());
    }

    /// What the reason of a target is called among the fields of the type; empty when there is none to tell.
    Map<String, Object> reason(Target target) {
        return target.reason() == null
                ? Map.of()
                : type.field(ItemType.Meaning.REASON)
                        .<Map<String, Object>>map(field -> Map.of(field.name(), target.reason()))
                        .orElse(Map.of());
    }

    private static void known(String at, String word, Collection<String> words, List<FieldProblem> wrong) {
        if (!words.contains(word)) {
            wrong.add(new FieldProblem(
                    at, "unknown_word", "`" + word + "` is not one of " + String.join(", ", words) + "."));
        }
    }
}
