package dev.conduct.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

/// Somebody on the way to a provider and back, kept in the session that left: what comes back counts there only, once.
///
/// @param invitation token of the one-time link that led here, else empty
record SignOnAttempt(
        String provider, String state, String nonce, String verifier, Purpose purpose, String invitation, Instant since)
        implements Serializable {

    enum Purpose {
        SIGN_IN,
        CONNECT,
        CONFIRM
    }

    static SignOnAttempt begun(String provider, Purpose purpose, String invitation, Instant now) {
        return new SignOnAttempt(provider, Tokens.next(""), Tokens.next(""), Tokens.next(""), purpose, invitation, now);
    }

    /// PKCE, S256 (RFC 7636).
    String challenge() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
