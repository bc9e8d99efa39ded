package dev.conduct.quality;

import dev.conduct.kernel.Problem;
import dev.conduct.quality.reading.Readings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A report laid down while it comes in, however slowly, so that nothing waits for its sender; gone when it is read.
record Spool(Path file, String digest, long bytes) implements AutoCloseable {

    static Spool of(InputStream body) {
        try {
            var file = Files.createTempFile("conduct-report", "");
            try {
                return laid(file, body);
            } catch (IOException | RuntimeException broken) {
                Files.deleteIfExists(file);
                throw broken;
            }
        } catch (IOException broken) {
            throw Problem.badInput("report", "broken_off", "The upload broke off. Send it again.");
        }
    }

    private static Spool laid(Path file, InputStream body) throws IOException {
        var digest = sha256();
        var bytes = 0L;
        try (var out = Files.newOutputStream(file)) {
            var in = new DigestInputStream(body, digest);
            var buffer = new byte[1 << 16];
            for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > Readings.LONGEST) {
                    throw Problem.tooLarge("report", "A report has at most 500 MB. Split it, for example by module.");
                }
                out.write(buffer, 0, read);
            }
        }
        if (bytes == 0) {
            throw Problem.badInput("report", "missing", "The body is empty. Send the report as the body.");
        }
        return new Spool(file, HexFormat.of().formatHex(digest.digest()), bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            file.toFile().deleteOnExit();
        }
    }
}
