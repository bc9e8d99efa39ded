package dev.conduct.ledger.verify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// The public half of a log's key, written `name+keyid+base64(0x01 || public key)` as C2SP signed notes do.
///
/// @param raw the 32 bytes of the Ed25519 public key
public record VerifierKey(String name, byte[] raw) {

    private static final byte ED25519 = 1;
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    /// @throws IllegalArgumentException when the text is not such a key, or its id does not fit
    public static VerifierKey parse(String text) {
        var trimmed = text.strip();
        var last = trimmed.indexOf('+', trimmed.indexOf('+') + 1);
        var first = trimmed.indexOf('+');
        if (first <= 0 || last < 0) {
            throw new IllegalArgumentException("a verifier key reads name+id+base64, not '" + trimmed + "'");
        }
        var bytes = Base64.getDecoder().decode(trimmed.substring(last + 1));
        if (bytes.length != 33 || bytes[0] != ED25519) {
            throw new IllegalArgumentException("the verifier key is not an Ed25519 key");
        }
        var key = new VerifierKey(trimmed.substring(0, first), Arrays.copyOfRange(bytes, 1, 33));
        if (!key.idInHex().equals(trimmed.substring(first + 1, last))) {
            throw new IllegalArgumentException("the id in the verifier key is not the id of its key");
        }
        return key;
    }

    byte[] typed() {
        var typed = new byte[raw.length + 1];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, raw.length);
        return typed;
    }

    byte[] id() {
        var digest = Merkle.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        return Arrays.copyOf(digest.digest(typed()), 4);
    }

    private String idInHex() {
        return HexFormat.of().formatHex(id());
    }

    boolean signed(byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        var encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + raw.length);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public String toString() {
        return name + "+" + idInHex() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key && toString().equals(key.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
