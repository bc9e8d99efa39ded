package dev.conduct.ledger.verify;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens content that lies encrypted beside an event. Without one, a check sees that it is there, and not what it is.
public interface ContentOpener {

    /// @param key the number of the subject's key
    /// @return null when the key is gone: the subject was erased
    /// @throws IllegalStateException when it was changed, or belongs to another event or field
    @Nullable
    String open(long key, byte[] sealed, UUID event, String field);

    /// To what a value is bound.
    static String place(UUID event, String field) {
        return "ledger.content|value|" + event + "|" + field;
    }
}
