package dev.conduct.activity;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One event as a line of the log.
///
/// @param entry its number, null until it is sealed
/// @param object as people call it
/// @param href of what it happened to, null where that has no page
/// @param tone of its outcome: `clear`, `stop`, `caution`
record LogRow(
        @Nullable Long entry,
        Instant at,
        String who,
        String what,
        String object,
        @Nullable String href,
        String via,
        String tone,
        String outcome,
        @Nullable String clause) {

    private static final String ITEM = "item:";

    static LogRow of(Event event, Map<String, String> names) {
        var object = event.object();
        return new LogRow(
                event.entry(),
                event.recordedAt(),
                name(event.actor(), names),
                Acts.of(event),
                object.startsWith(ITEM) ? object.substring(ITEM.length()) : shown(object, names),
                object.startsWith(ITEM) ? "/items/" + object.substring(ITEM.length()) : null,
                event.via(),
                switch (event.outcome()) {
                    case SUCCESS -> "clear";
                    case DENIED -> "stop";
                    case ERROR -> "caution";
                },
                switch (event.outcome()) {
                    case SUCCESS -> "Done";
                    case DENIED -> "Refused";
                    case ERROR -> "Failed";
                },
                event.clause());
    }

    static String name(String actor, Map<String, String> names) {
        return actor.startsWith("system:")
                ? "Conduct, " + actor.substring("system:".length())
                : Objects.requireNonNullElse(names.get(actor), "Somebody unknown");
    }

    private static String shown(String object, Map<String, String> names) {
        return Objects.requireNonNullElse(names.get(object), object);
    }
}
