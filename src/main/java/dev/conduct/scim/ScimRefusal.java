package dev.conduct.scim;

import org.jspecify.annotations.Nullable;

/// A request that SCIM refuses, in its words.
///
/// @see "RFC 7644, 3.12"
final class ScimRefusal extends RuntimeException {

    private final int status;
    private final @Nullable String type;

    ScimRefusal(int status, @Nullable String type, String says) {
        super(says);
        this.status = status;
        this.type = type;
    }

    static ScimRefusal notFound(String what) {
        return new ScimRefusal(404, null, what + " is not here.");
    }

    static ScimRefusal value(String says) {
        return new ScimRefusal(400, "invalidValue", says);
    }

    int status() {
        return status;
    }

    @Nullable
    String type() {
        return type;
    }
}
