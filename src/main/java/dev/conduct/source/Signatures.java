package dev.conduct.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Whether what came in was signed by who holds the secret: over the raw bytes, compared in constant time, and
/// where the sender signs the time within five minutes of now.
///
/// - GitHub: `X-Hub-Signature-256`, HMAC-SHA256 of the body in hex.
/// - Gitea, Forgejo: `X-Forgejo-Signature` or `X-Gitea-Signature`, the same without its `sha256=`.
/// - GitLab: `webhook-signature` over `id.time.body` (Standard Webhooks); where there is none, `X-Gitlab-Token`.
/// - Jenkins, plain git: `X-Conduct-Signature` over `time.body`, with `X-Conduct-Timestamp`.
final class Signatures {

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final String STANDARD = "whsec_";

    private static final String HEX = "sha256=";
    private static final String STANDARD_VERSION = "v1,";

    private Signatures() {}

    /// Null when it is believed, else why not.
    ///
    /// @param header the value of a header, empty where it is not there
    static @Nullable String refusal(Host host, String secret, UnaryOperator<String> header, byte[] body, Instant now) {
        return switch (host) {
            case GITHUB -> plain(header.apply("X-Hub-Signature-256"), HEX, secret, body);
            case GITEA -> {
                var forgejo = header.apply("X-Forgejo-Signature");
                yield plain(forgejo.isEmpty() ? header.apply("X-Gitea-Signature") : forgejo, "", secret, body);
            }
            case GITLAB -> {
                var signed = header.apply("webhook-signature");
                yield signed.isEmpty()
                        ? token(header.apply("X-Gitlab-Token"), secret)
                        : standard(signed, header, secret, body, now);
            }
            case JENKINS, GIT -> {
                var time = header.apply("X-Conduct-Timestamp");
                var late = late(time, now);
                yield late != null
                        ? late
                        : plain(header.apply("X-Conduct-Signature"), HEX, secret, joined(time + ".", body));
            }
        };
    }

    /// The same of a report that a CI server or a script sends: over `report.time.query.body`. What is signed as a
    /// delivery begins with the time, so that neither is ever taken for the other.
    static @Nullable String refusal(
            String secret, UnaryOperator<String> header, String query, byte[] body, Instant now) {
        var time = header.apply("X-Conduct-Timestamp");
        var late = late(time, now);
        return late != null
                ? late
                : plain(
                        header.apply("X-Conduct-Signature"),
                        HEX,
                        secret,
                        joined("report." + time + "." + query + ".", body));
    }

    /// What would be accepted: for the script we print, and for tests.
    static String hex(String secret, byte[] signed) {
        return HexFormat.of().formatHex(mac(secret.getBytes(StandardCharsets.UTF_8), signed));
    }

    private static @Nullable String plain(String given, String prefix, String secret, byte[] signed) {
        if (given.isEmpty()) {
            return "It was not signed.";
        }
        return given.startsWith(prefix) && same(given.substring(prefix.length()), hex(secret, signed))
                ? null
                : "The signature is not of this body by this secret.";
    }

    private static @Nullable String token(String given, String secret) {
        if (given.isEmpty()) {
            return "It was not signed and held no token.";
        }
        return same(given, secret) ? null : "The token is another.";
    }

    private static @Nullable String standard(
            String given, UnaryOperator<String> header, String secret, byte[] body, Instant now) {
        var time = header.apply("webhook-timestamp");
        var late = late(time, now);
        if (late != null) {
            return late;
        }
        var key = Base64.getDecoder().decode(secret.substring(STANDARD.length()));
        var signed = joined(header.apply("webhook-id") + "." + time + ".", body);
        var wanted = STANDARD_VERSION + Base64.getEncoder().encodeToString(mac(key, signed));
        var one = false;
        for (var signature : given.split(" ", 10)) {
            one |= same(signature, wanted);
        }
        return one ? null : "The signature is not of this body by this secret.";
    }

    private static @Nullable String late(String time, Instant now) {
        try {
            var signed = Instant.ofEpochSecond(Long.parseLong(time));
            return Duration.between(signed, now).abs().compareTo(WINDOW) > 0
                    ? "It was signed more than five minutes from now. Check the clocks of both servers."
                    : null;
        } catch (NumberFormatException | DateTimeException none) {
            return "It does not say when it was signed.";
        }
    }

    private static byte[] joined(String before, byte[] body) {
        var head = before.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(byte[] key, byte[] signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
