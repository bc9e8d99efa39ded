package dev.conduct.work;

import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checked changes of an item's fields, and how an event tells them: free text as content, what is
/// personal or secret as content that is told with no event, the rest as data.
record FieldChanges(ItemType type, Map<String, Object> set, Set<String> cleared) {

    boolean isEmpty() {
        return set.isEmpty() && cleared.isEmpty();
    }

    /// The fields as they would be.
    Map<String, Object> appliedTo(Map<String, Object> fields) {
        var applied = new LinkedHashMap<>(fields);
        applied.putAll(seen());
        cleared.forEach(applied::remove);
        return applied;
    }

    /// What is set, as rules see it and the item holds it: of a value that is kept apart, that there is one.
    Map<String, Object> seen() {
        var seen = new LinkedHashMap<>(set);
        seen.replaceAll((name, value) ->
                type.fields().get(name) instanceof ItemType.Field field && field.kept() ? Kept.SHOWN : value);
        return seen;
    }

    /// Only what differs.
    FieldChanges against(Map<String, Object> fields) {
        var changed = new TreeMap<>(set);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(fields.get(entry.getKey())));
        return new FieldChanges(
                type,
                changed,
                cleared.stream().filter(fields::containsKey).collect(java.util.stream.Collectors.toSet()));
    }

    void tell(Map<String, @Nullable Object> data, Map<String, String> content) {
        var fields = new TreeMap<String, Object>();
        var texts = new java.util.TreeSet<String>();
        var kept = new TreeMap<String, Object>();
        set.forEach((name, value) -> {
            var field = Objects.requireNonNull(type.fields().get(name));
            if (field.keeping() != null) {
                kept.put(name, field.keeping().word());
                content.put(Ledger.KEPT + name, (String) value);
            } else if (field.free()) {
                texts.add(name);
                content.put(name, (String) value);
            } else {
                fields.put(name, value);
            }
        });
        if (!fields.isEmpty()) {
            data.put("fields", fields);
        }
        if (!kept.isEmpty()) {
            data.put("kept", kept);
        }
        if (!texts.isEmpty()) {
            data.put("texts", List.copyOf(texts));
        }
        if (!cleared.isEmpty()) {
            data.put("cleared", cleared.stream().sorted().toList());
        }
    }
}
