package dev.conduct.ledger.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// What a log commits to: so many entries, with this root. Signed, it is a C2SP signed note (`c2sp.org/signed-note`,
/// `c2sp.org/tlog-checkpoint`).
public record Checkpoint(String origin, long size, byte[] root) {

    private static final String SIGNATURE = "— ";

    String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /// The note: the body, an empty line, and the log's signature.
    public String signedBy(SigningKey key) {
        var signature = key.sign(body().getBytes(StandardCharsets.UTF_8));
        var id = key.verifier().id();
        var line = Arrays.copyOf(id, id.length + signature.length);
        System.arraycopy(signature, 0, line, id.length, signature.length);
        return body() + "\n" + SIGNATURE + key.verifier().name() + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /// Reads a note and checks the signature of the log; signatures of others (witnesses) are passed over.
    ///
    /// @throws IllegalArgumentException saying what does not hold
    public static Checkpoint opened(String note, VerifierKey key) {
        var gap = note.indexOf("\n\n");
        if (gap < 0) {
            throw new IllegalArgumentException("is not a signed note");
        }
        var body = note.substring(0, gap + 1);
        var found = false;
        for (var line : note.substring(gap + 2).split("\n")) {
            found |= isSignatureOf(line, key, body);
        }
        if (!found) {
            throw new IllegalArgumentException("has no valid signature of " + key.name());
        }
        return parse(body, key.name());
    }

    private static boolean isSignatureOf(String line, VerifierKey key, String body) {
        var start = SIGNATURE + key.name() + " ";
        if (!line.startsWith(start)) {
            return false;
        }
        var bytes = Base64.getDecoder().decode(line.substring(start.length()));
        return bytes.length == 68
                && Arrays.equals(Arrays.copyOf(bytes, 4), key.id())
                && key.signed(body.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, 4, 68));
    }

    private static Checkpoint parse(String body, String origin) {
        var lines = body.split("\n");
        if (lines.length < 3 || !lines[0].equals(origin)) {
            throw new IllegalArgumentException("is not a checkpoint of " + origin);
        }
        var root = Base64.getDecoder().decode(lines[2]);
        if (root.length != Merkle.LENGTH || !lines[1].matches("0|[1-9][0-9]{0,18}")) {
            throw new IllegalArgumentException("is not a checkpoint: size or root cannot be read");
        }
        return new Checkpoint(origin, Long.parseLong(lines[1]), root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint checkpoint && body().equals(checkpoint.body());
    }

    @Override
    public int hashCode() {
        return body().hashCode();
    }
}
