package dev.conduct.notify;

import dev.conduct.ledger.Event;
import dev.conduct.shell.Words;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened, in one sentence of plain text.
///
/// @param names of the actors, by id
record Sentences(Map<String, String> names, Words words) {

    private static final int EXCERPT = 400;

    String of(Kind kind, Event event) {
        var by = names.getOrDefault(event.actor(), "Somebody");
        return switch (kind) {
            case MENTION -> by + " mentions you";
            case ASSIGNMENT ->
                by + " assigned it to you" + (event.action().equals("item.report") ? " when reporting it" : "");
            case EXCEPTION -> exception(event, by);
            case DUTY ->
                event.action().equals("duty.overdue")
                        ? "Your follow-up of the exception from " + gate(event) + " is overdue"
                        : "You owe a follow-up of the exception from " + gate(event) + due(event);
            case CLOCK_BREACHED -> "The clock " + text(event, "clock") + " ran out" + due(event);
            case CLOCK_AT_RISK -> "The clock " + text(event, "clock") + " is at risk" + due(event);
            case WATCHED -> watched(event, by);
        };
    }

    private static String exception(Event event, String by) {
        return switch (event.action()) {
            case "override.approve" -> by + " approved your exception from " + gate(event);
            case "override.decline" -> by + " declined your exception from " + gate(event);
            default -> by + " asks for an exception from " + gate(event) + ", which needs your word";
        };
    }

    private static String watched(Event event, String by) {
        return switch (event.action()) {
            case "item.report" -> by + " reported it";
            case "item.transition" -> by + " moved it to " + text(event, "to");
            case "item.comment" -> by + " said something";
            case "item.edit" -> by + " changed it";
            case "item.attest" -> by + " recorded evidence: " + text(event, "kind") + ", " + text(event, "verdict");
            case "item.link" -> by + " linked it to " + event.data().getOrDefault("other", "another record");
            case "item.attach" -> by + " attached a file";
            default -> by + " did something with it";
        };
    }

    /// What somebody wrote, shortened; null when it was no words, or they were erased.
    static @Nullable String words(Event event) {
        var said = event.action().equals("item.comment")
                ? event.content().get("text")
                : event.content().getOrDefault("comment", event.content().get("reason"));
        if (said == null || said.isBlank()) {
            return null;
        }
        return said.length() <= EXCERPT ? said : said.substring(0, said.offsetByCodePoints(0, EXCERPT - 20)) + " …";
    }

    private String due(Event event) {
        if (event.data().get("due_at") instanceof String due) {
            return ", due " + words.dated(Instant.parse(due));
        }
        return "";
    }

    private static String gate(Event event) {
        return "“" + text(event, "gate") + "”";
    }

    private static String text(Event event, String name) {
        return Words.plain(String.valueOf(event.data().getOrDefault(name, "")));
    }
}
