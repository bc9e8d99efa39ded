package dev.conduct.shell;

import java.security.SecureRandom;

/// A short random name under which a failure stands in the log and on the page.
final class Reference {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Reference() {}

    static String next() {
        var bits = RANDOM.nextLong();
        return "%04x-%04x".formatted(bits & 0xFFFF, bits >> 16 & 0xFFFF);
    }
}
