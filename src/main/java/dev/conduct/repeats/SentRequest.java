package dev.conduct.repeats;

import dev.conduct.kernel.Problem;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// A request whose body was read once to know it again, and can be read by its handler.
///
/// @param hash over method, address and body; of uploads over their parts, for the boundary between them is another
///     each time
record SentRequest(HttpServletRequest request, String hash) {

    private static final int LARGEST = 1_048_576;

    static SentRequest of(HttpServletRequest request) throws ServletException, IOException {
        var digest = sha256();
        feed(digest, request.getMethod());
        feed(digest, request.getRequestURI());
        feed(digest, Objects.requireNonNullElse(request.getQueryString(), ""));
        var kind = Objects.requireNonNullElse(request.getContentType(), "");
        if (kind.startsWith("multipart/")) {
            parts(request, digest);
            return new SentRequest(request, HexFormat.of().formatHex(digest.digest()));
        }
        var body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw Problem.tooLarge("body", "A body holds at most 1 MB.");
        }
        digest.update(body);
        return new SentRequest(new Again(request, body), HexFormat.of().formatHex(digest.digest()));
    }

    private static void parts(HttpServletRequest request, MessageDigest digest) throws ServletException, IOException {
        try {
            for (var part : request.getParts()) {
                feed(digest, part.getName());
                feed(digest, Objects.requireNonNullElse(part.getSubmittedFileName(), ""));
                try (var content = part.getInputStream()) {
                    feed(digest, HexFormat.of().formatHex(hashed(content)));
                }
            }
        } catch (IllegalStateException unreadable) {
            // Too large or cut short: the handler meets the same and says so.
            feed(digest, "unreadable");
        }
    }

    private static byte[] hashed(InputStream content) throws IOException {
        var digest = sha256();
        var buffer = new byte[8192];
        for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return digest.digest();
    }

    private static void feed(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    /// The same request with its body from memory.
    private static final class Again extends HttpServletRequestWrapper {

        private final byte[] body;

        Again(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Remembered(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class Remembered extends ServletInputStream {

        private final ByteArrayInputStream body;

        Remembered(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int most) {
            return body.read(into, from, most);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("bodies are read by the thread that answers");
        }
    }
}
