package dev.conduct.ledger;

import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.verify.CanonicalJson;
import dev.conduct.ledger.verify.Secrets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A new event in the form that will be sealed.
///
/// @param bytes the canonical bytes, final from here on
/// @param data what reading it back will give
/// @param content the values that lie beside it, each with the salt of its commitment
record Entry(
        UUID id,
        NewEvent event,
        Instant occurredAt,
        Instant recordedAt,
        byte[] bytes,
        Map<String, Object> data,
        List<Content> content) {

    static final int GREATEST = 32 * 1024;
    static final int LONGEST_CONTENT = 1 << 20;

    private static final Pattern ACTOR = Pattern.compile("(person|client|system):[\\x21-\\x7e]{1,200}");
    private static final Pattern OBJECT = Pattern.compile("[a-z][a-z_]*:[\\x21-\\x7e]{1,200}");
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*");
    private static final Pattern VIA = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// @param closed how it is kept; null for the few words that must be read without any key
    record Content(String field, byte[] salt, String value, Subjects.@Nullable Closed closed) {

        @Nullable
        String plain() {
            return closed == null ? value : null;
        }
    }

    static Entry of(NewEvent event, UUID id, Instant now) {
        mustMatch("actor", event.actor(), ACTOR);
        mustMatch("via", event.via(), VIA);
        mustMatch("action", event.action(), ACTION);
        mustMatch("object", event.object(), OBJECT);
        var occurredAt = event.occurredAt().truncatedTo(ChronoUnit.MILLIS);
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST)) {
            throw Problem.badInput("occurred_at", "out_of_range", "is not between the years 1 and 9999.");
        }
        var recordedAt = now.truncatedTo(ChronoUnit.MILLIS);
        var data = CanonicalJson.plain(event.data());
        var content = new TreeMap<>(event.content())
                .entrySet().stream()
                        .map(field -> salted(field.getKey(), field.getValue()))
                        .toList();

        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("v", 1);
        entry.put("id", id.toString());
        entry.put("occurred_at", occurredAt);
        entry.put("recorded_at", recordedAt);
        entry.put("actor", event.actor());
        entry.put("via", event.via());
        entry.put("action", event.action());
        entry.put("object", event.object());
        entry.put("object_version", event.objectVersion());
        entry.put("outcome", event.outcome().word());
        entry.put("clause", event.clause());
        entry.put("procedure", event.procedure());
        entry.put("data", data);
        entry.put("content", commitments(content));
        var bytes = CanonicalJson.bytes(entry);
        if (bytes.length > GREATEST) {
            throw Problem.tooLarge(
                    "data",
                    "The event would take " + bytes.length + " bytes in the ledger; at most " + GREATEST
                            + " are kept. Shorten its fields, or attach them as a file.");
        }
        return new Entry(id, event, occurredAt, recordedAt, bytes, data, content);
    }

    /// The same, its content closed for those it belongs to.
    Entry closed(ContentKeys keys) {
        var kept = content.stream()
                .map(one -> new Content(
                        one.field(), one.salt(), one.value(), keys.close(event, id, one.field(), one.value())))
                .toList();
        return new Entry(id, event, occurredAt, recordedAt, bytes, data, kept);
    }

    private static Content salted(String field, String value) {
        var salt = new byte[32];
        RANDOM.nextBytes(salt);
        return new Content(field, salt, PlainText.checked(field, value, LONGEST_CONTENT), null);
    }

    private static Map<String, String> commitments(List<Content> content) {
        var commitments = new LinkedHashMap<String, String>();
        for (var one : content) {
            var commitment = Secrets.commitment(one.salt(), one.field(), one.value());
            commitments.put(one.field(), Base64.getEncoder().encodeToString(commitment));
        }
        return commitments;
    }

    private static void mustMatch(String field, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " is '" + value + "'; the ledger keeps " + pattern);
        }
    }

    Event recorded(long row) {
        var values = new LinkedHashMap<String, String>();
        content.stream()
                .filter(one -> !one.field().startsWith(Ledger.KEPT))
                .forEach(one -> values.put(one.field(), one.value()));
        return new Event(
                row,
                null,
                id,
                occurredAt,
                recordedAt,
                event.actor(),
                event.via(),
                event.action(),
                event.object(),
                event.objectVersion(),
                event.outcome(),
                event.clause(),
                event.procedure(),
                data,
                values);
    }
}
