package dev.conduct.identity;

import java.util.Optional;
import java.util.UUID;

/// Reads `person:UUID` and `client:UUID`.
final class ActorId {

    private ActorId() {}

    static Optional<UUID> uuid(String id) {
        var known = id.startsWith("person:") || id.startsWith("client:");
        return known ? parsed(id.substring(id.indexOf(':') + 1)) : Optional.empty();
    }

    static UUID required(String id) {
        return uuid(id).orElseThrow(() -> new IllegalArgumentException(id + " is neither a person nor a client"));
    }

    static Optional<UUID> parsed(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            var uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
