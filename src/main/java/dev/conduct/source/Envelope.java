package dev.conduct.source;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/// What a delivery says of itself beside its body.
///
/// @param name the host's own id of it, or its digest where the host gives none
/// @param digest SHA-256 of the body
/// @param event what kind of tale the body is, in the host's words
record Envelope(String name, String digest, String event) {

    private static final int MOST = 100;

    static Envelope of(Host host, UnaryOperator<String> header, byte[] body) {
        var digest = digest(body);
        var name =
                switch (host) {
                    case GITHUB -> header.apply("X-GitHub-Delivery");
                    case GITEA -> first(header.apply("X-Forgejo-Delivery"), header.apply("X-Gitea-Delivery"));
                    case GITLAB -> first(header.apply("webhook-id"), header.apply("Idempotency-Key"));
                    case JENKINS, GIT -> header.apply("X-Conduct-Delivery");
                };
        var event =
                switch (host) {
                    case GITHUB -> header.apply("X-GitHub-Event");
                    case GITEA -> first(header.apply("X-Forgejo-Event"), header.apply("X-Gitea-Event"));
                    case GITLAB -> header.apply("X-Gitlab-Event");
                    case JENKINS -> "build";
                    case GIT -> "push";
                };
        return new Envelope(first(clean(name), digest), digest, clean(event));
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private static String clean(String text) {
        var kept = text.replaceAll("[^ -~]", "");
        return kept.substring(0, Math.min(MOST, kept.length()));
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
