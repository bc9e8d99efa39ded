package dev.conduct.ledger.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// What a witness does: remembers the greatest checkpoint of each log it watches, and puts its name only to one that
/// continues it (c2sp.org/tlog-witness). The memory is on the disk before the answer goes out.
final class WitnessMemory {

    /// @param status of HTTP
    record Answer(int status, String body) {}

    private final Path folder;
    private final SigningKey own;
    private final Map<String, VerifierKey> logs;

    WitnessMemory(Path folder, SigningKey own, Map<String, VerifierKey> logs) {
        this.folder = folder;
        this.own = own;
        this.logs = logs;
    }

    /// @param request `old SIZE`, the consistency proof (base64, one a line), an empty line, the checkpoint
    synchronized Answer add(String request, Instant now) throws IOException {
        var gap = request.indexOf("\n\n");
        if (!request.startsWith("old ") || gap < 0) {
            return new Answer(400, "begins with 'old SIZE', a proof, an empty line and a checkpoint\n");
        }
        var note = request.substring(gap + 2);
        var key = logs.get(note.lines().findFirst().orElse(""));
        if (key == null) {
            return new Answer(404, "this witness does not watch that log\n");
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.opened(note, key);
        } catch (IllegalArgumentException e) {
            return new Answer(403, "the checkpoint " + e.getMessage() + "\n");
        }
        if (!note.startsWith(checkpoint.body() + "\n")) {
            return new Answer(400, "lines after the root are not known here\n");
        }
        try {
            var lines = request.substring(0, gap).lines().toList();
            var old = Long.parseLong(lines.getFirst().substring(4));
            var proof = lines.stream().skip(1).map(Base64.getDecoder()::decode).toList();
            return proof.size() > 63 || old < 0 || old > checkpoint.size()
                    ? new Answer(400, "the old size is not from 0 to that of the checkpoint\n")
                    : judged(old, proof, checkpoint, note, key, now);
        } catch (IllegalArgumentException e) {
            return new Answer(400, "size or proof cannot be read\n");
        }
    }

    private Answer judged(
            long old, List<byte[]> proof, Checkpoint checkpoint, String note, VerifierKey key, Instant now)
            throws IOException {
        var file = folder.resolve(fileName(checkpoint.origin()));
        var known = Files.exists(file)
                ? Checkpoint.opened(Files.readString(file), key)
                : new Checkpoint(checkpoint.origin(), 0, Merkle.empty());
        if (known.size() != old || (old == checkpoint.size() && !Arrays.equals(known.root(), checkpoint.root()))) {
            return new Answer(409, known.size() + "\n");
        }
        if (!Proofs.consistent(old, known.root(), checkpoint.size(), checkpoint.root(), proof)) {
            return new Answer(422, "the proof does not lead from " + old + " to " + checkpoint.size() + "\n");
        }
        if (checkpoint.size() > old) {
            remember(file, note);
        }
        return new Answer(200, WitnessKey.line(own, checkpoint.body(), now));
    }

    /// The log's own signature is kept with it: it proves to others what the log once said.
    private void remember(Path file, String note) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        var bytes = ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8));
        try (var channel = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static String fileName(String origin) {
        var digest = Merkle.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16) + ".checkpoint";
    }
}
