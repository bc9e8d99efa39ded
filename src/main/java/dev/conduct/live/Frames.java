package dev.conduct.live;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Server-sent events as bytes on the wire. The id of an event is what the page has seen when it has seen it.
final class Frames {

    static final String ALIVE = ":\n\n";
    static final String ENDED = "event: ended\ndata: {}\n\n";
    static final String PERSON = "event: inbox\ndata: {}\n\n";

    private static final JsonMapper JSON = new JsonMapper();

    private Frames() {}

    record ItemChange(
            String key, long version, String by, @Nullable String name, String action) {}

    static String item(long next, ItemChange change) {
        return "id: " + next + "\nevent: item\ndata: " + JSON.writeValueAsString(change) + "\n\n";
    }

    /// Something on such a list changed.
    static String list(long next, String type) {
        return "id: " + next + "\nevent: list\ndata: " + JSON.writeValueAsString(type) + "\n\n";
    }

    /// Too much to tell one by one: everything may have changed.
    static String all(long next) {
        return "id: " + next + "\nevent: all\ndata: {}\n\n";
    }

    /// The page begins from here; how long to wait before it connects again.
    static String begin(long next) {
        return "retry: 3000\nid: " + next + "\nevent: open\ndata: {}\n\n";
    }
}
