package dev.conduct.procedure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What one gate says, held or clear: the page shows all of them.
///
/// @param reason null when clear
/// @param seen one sentence of the evidence that satisfied it, empty when there is nothing to show
/// @param override the override in force that stands in for it ("by exception"), null when none does
public record Signal(ItemType.Gate gate, @Nullable Reason reason, String seen, Case.@Nullable Override override) {

    public boolean overridden() {
        return override != null;
    }

    public boolean clear() {
        return reason == null;
    }

    /// All signals of one transition for one actor at one moment.
    ///
    /// @param role null when the actor holds a role that may do it
    public record Verdict(
            ItemType.Transition transition, @Nullable Reason role, List<Signal> signals) {

        /// What holds it: the role, and every enforced signal that is neither clear nor overridden.
        public List<Reason> blockedBy() {
            var blocked = new java.util.ArrayList<Reason>();
            if (role != null) {
                blocked.add(role);
            }
            for (var signal : signals) {
                var reason = signal.reason();
                if (reason != null && !signal.overridden() && reason.mode() == ItemType.Mode.ENFORCE) {
                    blocked.add(reason);
                }
            }
            return blocked;
        }

        /// The clauses that hold it, each once.
        public Set<String> clauses() {
            return blockedBy().stream().map(Reason::clause).collect(Collectors.toCollection(LinkedHashSet::new));
        }

        public boolean allowed() {
            return blockedBy().isEmpty();
        }

        /// Ids of the people its sentences name.
        public Set<String> people() {
            return signals.stream()
                    .flatMap(signal -> {
                        var reason = signal.reason();
                        return Mentions.in(reason == null ? signal.seen() : reason.says()).stream();
                    })
                    .collect(Collectors.toSet());
        }
    }
}
