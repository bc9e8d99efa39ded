package dev.conduct.ledger.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The public key of a witness, written `name+keyid+base64(0x04 || public key)`, and what it says of a checkpoint:
/// I saw this at this time, and it continues everything I saw before (c2sp.org/tlog-cosignature, `cosignature/v1`).
///
/// @param raw the 32 bytes of the Ed25519 public key
public record WitnessKey(String name, byte[] raw) {

    private static final byte COSIGNATURE = 4;
    private static final String SIGNATURE = "— ";
    private static final int ID = 4;
    private static final int TIME = Long.BYTES;
    private static final int LENGTH = ID + TIME + 64;

    /// @throws IllegalArgumentException when the text is not such a key, or its id does not fit
    public static WitnessKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        var bytes = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
        if (bytes.length != 33 || bytes[0] != COSIGNATURE || parts[0].isEmpty()) {
            throw new IllegalArgumentException("a witness' key reads name+id+base64 of type 4, not '" + text + "'");
        }
        var key = new WitnessKey(parts[0], Arrays.copyOfRange(bytes, 1, 33));
        if (!HexFormat.of().formatHex(key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("the id in the witness' key is not the id of its key");
        }
        return key;
    }

    /// The line this witness adds to a note.
    static String line(SigningKey key, String body, Instant at) {
        var witness = new WitnessKey(key.verifier().name(), key.verifier().raw());
        var seconds = at.getEpochSecond();
        var line = ByteBuffer.allocate(LENGTH)
                .put(witness.id())
                .putLong(seconds)
                .put(key.sign(message(body, seconds)))
                .array();
        return SIGNATURE + witness.name() + " " + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /// When this witness saw the checkpoint of the note, if a line of its says so.
    public Optional<Instant> saw(String note) {
        var gap = note.indexOf("\n\n");
        if (gap < 0) {
            return Optional.empty();
        }
        var body = note.substring(0, gap + 1);
        return note.substring(gap + 2)
                .lines()
                .flatMap(line -> saw(line, body).stream())
                .max(Instant::compareTo);
    }

    private Optional<Instant> saw(String line, String body) {
        var start = SIGNATURE + name + " ";
        if (!line.startsWith(start)) {
            return Optional.empty();
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(line.substring(start.length())));
            if (bytes.remaining() != LENGTH) {
                return Optional.empty();
            }
            var id = new byte[ID];
            bytes.get(id);
            var seconds = bytes.getLong();
            var signature = new byte[bytes.remaining()];
            bytes.get(signature);
            return Arrays.equals(id, id()) && new VerifierKey(name, raw).signed(message(body, seconds), signature)
                    ? Optional.of(Instant.ofEpochSecond(seconds))
                    : Optional.empty();
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static byte[] message(String body, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] id() {
        var digest = Merkle.sha256();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update(COSIGNATURE);
        return Arrays.copyOf(digest.digest(raw), ID);
    }

    @Override
    public String toString() {
        var typed = ByteBuffer.allocate(33).put(COSIGNATURE).put(raw).array();
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WitnessKey key && toString().equals(key.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
