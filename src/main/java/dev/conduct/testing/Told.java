package dev.conduct.testing;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as its projection reads it.
record Told(Event event) {

    String action() {
        return event.action();
    }

    /// The part of the object after its kind: an id, or the key of a product.
    String subject() {
        return event.object().substring(event.object().indexOf(':') + 1);
    }

    UUID id() {
        return UUID.fromString(subject());
    }

    String text(String name) {
        return event.data().get(name) instanceof String text ? text : "";
    }

    /// Words of people; empty once they were erased.
    String words(String name) {
        return event.content().getOrDefault(name, "");
    }

    long number(String name) {
        return event.data().get(name) instanceof Number number ? number.longValue() : 0;
    }

    boolean yes(String name) {
        return Boolean.TRUE.equals(event.data().get(name));
    }

    UUID uuid(String name) {
        return UUID.fromString(text(name));
    }

    @Nullable
    UUID uuidOrNull(String name) {
        var text = text(name);
        return text.isEmpty() ? null : UUID.fromString(text);
    }

    List<?> list(String name) {
        return event.data().get(name) instanceof List<?> list ? list : List.of();
    }

    OffsetDateTime at() {
        return OffsetDateTime.ofInstant(event.occurredAt(), ZoneOffset.UTC);
    }

    static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
