package dev.conduct.ledger.verify;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of RFC 6962: a leaf and a node can never be taken for one another.
public final class Merkle {

    public static final int LENGTH = 32;

    private Merkle() {}

    public static byte[] leaf(byte[] entry) {
        var digest = sha256();
        digest.update((byte) 0);
        return digest.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        var digest = sha256();
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }

    /// The root of a tree without leaves.
    public static byte[] empty() {
        return sha256().digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
