package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An event of an item in the making.
final class Telling {

    private final String action;
    private final Instant at;
    private final Map<String, @Nullable Object> data = new HashMap<>();
    private final Map<String, String> content = new TreeMap<>();
    private @Nullable String clause;
    private @Nullable String procedure;

    Telling(String action, Instant at) {
        this.action = action;
        this.at = at;
    }

    Telling with(String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
        return this;
    }

    Telling words(String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            content.put(name, text);
        }
        return this;
    }

    /// As it is, also when it is blank: nothing that somebody wrote is altered.
    Telling text(String name, String text) {
        content.put(name, text);
        return this;
    }

    Telling changes(FieldChanges changes) {
        changes.tell(data, content);
        return this;
    }

    /// From now on only those named see the item; null opens it to whoever sees the product.
    Telling readers(@Nullable List<String> names) {
        data.put("readers", names);
        return this;
    }

    /// What an act says may restrict the item: those who read every restricted one of its type, and who acts.
    ///
    /// @param before the item, null when it begins with this
    Telling restricting(ItemType type, boolean restricts, @Nullable Item before, @Nullable Actor actor) {
        if (!restricts || before != null && before.restricted()) {
            return this;
        }
        var names = new TreeSet<String>();
        type.restriction().readers().forEach(role -> names.add("role:" + role));
        if (actor != null && Sight.of(actor).inside() && !actor.id().startsWith("system:")) {
            names.add(actor.id());
        }
        return readers(List.copyOf(names));
    }

    /// @param assignee null for nobody
    Telling assigned(@Nullable String assignee) {
        data.put("assignee", assignee);
        return this;
    }

    Telling judgedBy(@Nullable String clause, @Nullable String procedure) {
        this.clause = clause;
        this.procedure = procedure;
        return this;
    }

    /// What gates noticed and let pass: they observe, warn, or an exception stands in.
    Telling deviating(Signal.Verdict verdict) {
        return deviating(verdict.signals());
    }

    Telling deviating(List<Signal> signals) {
        var deviations = new ArrayList<Map<String, String>>();
        for (var signal : signals) {
            var reason = signal.reason();
            if (reason != null) {
                var override = signal.override();
                var deviation = new TreeMap<>(Map.of(
                        "gate", reason.gate(),
                        "clause", reason.clause(),
                        "kind", reason.kind().word(),
                        "mode", reason.mode().name().toLowerCase(java.util.Locale.ROOT)));
                if (override != null) {
                    deviation.put("mode", "overridden");
                    deviation.put("override", override.id());
                }
                deviations.add(deviation);
            }
        }
        return with("deviations", deviations.isEmpty() ? null : deviations);
    }

    /// What machines had delivered when it was judged.
    Telling seeing(List<Map<String, Object>> facts) {
        return with("facts", facts.isEmpty() ? null : facts);
    }

    NewEvent of(String key, long version, Actor actor) {
        return event(key, version, actor.id(), actor.via(), Outcome.SUCCESS);
    }

    /// History keeps its own author.
    NewEvent of(String key, long version, String author, String via) {
        return event(key, version, author, via, Outcome.SUCCESS);
    }

    NewEvent refused(String key, long version, Actor actor, List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            clause = reasons.getFirst().clause();
        }
        with(
                "blocked_by",
                reasons.stream()
                        .map(reason -> Map.<String, Object>of(
                                "gate", reason.gate(),
                                "clause", reason.clause(),
                                "kind", reason.kind().word()))
                        .toList());
        return event(key, version, actor.id(), actor.via(), Outcome.DENIED);
    }

    /// A creation that was refused: there is no item to tell it of, so the product is.
    NewEvent refusedOf(String product, Actor actor, List<Reason> reasons) {
        var event = refused("", 1, actor, reasons);
        return new NewEvent(
                event.occurredAt(),
                event.actor(),
                event.via(),
                event.action(),
                "product:" + product,
                1,
                event.outcome(),
                event.clause(),
                event.procedure(),
                event.data(),
                Map.of());
    }

    @SuppressWarnings("NullAway") // the ledger records null as null
    private NewEvent event(String key, long version, String author, String via, Outcome outcome) {
        return new NewEvent(
                at, author, via, action, ItemFold.PREFIX + key, version, outcome, clause, procedure, data, content);
    }
}
