package dev.conduct.kernel;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/// Identifiers: UUID version 7 (RFC 9562), whose first 48 bits are the Unix time in milliseconds, so that
/// rows made together lie together in an index.
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID next(Instant now) {
        var random = new byte[10];
        RANDOM.nextBytes(random);
        var high = (now.toEpochMilli() << 16) | 0x7000L | ((random[0] & 0x0FL) << 8) | (random[1] & 0xFFL);
        var low = 0L;
        for (var i = 2; i < 10; i++) {
            low = (low << 8) | (random[i] & 0xFFL);
        }
        return new UUID(high, (low & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }
}
