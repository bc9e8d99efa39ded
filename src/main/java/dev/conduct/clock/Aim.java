package dev.conduct.clock;

import dev.conduct.procedure.ItemType.ClockRule;
import dev.conduct.procedure.ItemType.Target;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a clock is measured by: the target, and the field and value that picked it.
///
/// @param rank place of the field among those that may decide; the first that is set does
/// @param name the field's value, empty while none is set
/// @param target null when that value has none
record Aim(int rank, String field, String name, @Nullable Target target) {

    static Aim of(ClockRule rule, Map<String, @Nullable Object> fields) {
        var deciding = rule.byField();
        if (deciding.isEmpty()) {
            var only = rule.targets().keySet().stream().findFirst().orElse("");
            return new Aim(0, "", only, rule.targets().get(only));
        }
        for (var rank = 0; rank < deciding.size(); rank++) {
            var value = fields.get(deciding.get(rank));
            if (value != null) {
                var name = Objects.toString(value);
                return new Aim(rank, deciding.get(rank), name, rule.targets().get(name));
            }
        }
        return new Aim(deciding.size(), deciding.getLast(), "", null);
    }

    /// `priority changed from high to critical: target 4 h`
    String since(Aim former) {
        return change(former) + ": " + says();
    }

    /// `target 24 h, at most 48 h`
    String says() {
        if (target == null) {
            return "no target" + (name.isEmpty() ? "" : " for " + field + " " + name);
        }
        if (target.schedule() != null) {
            return "target " + target.schedule().replace('_', ' ');
        }
        var words = Stream.of(
                        target.soft() == null ? "" : Span.of(target.soft()),
                        target.hard() == null ? "" : Span.of(target.hard()))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(", at most "));
        return "target " + words;
    }

    private String change(Aim former) {
        if (rank == former.rank) {
            return field + " changed from " + former.name + " to " + name;
        }
        if (rank < former.rank) {
            var was = former.name.isEmpty() ? "" : ", " + former.field + " was " + former.name;
            return field + " set to " + name + was;
        }
        return former.field + " removed, was " + former.name + (name.isEmpty() ? "" : "; " + field + " is " + name);
    }
}
