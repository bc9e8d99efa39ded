package dev.conduct.kernel;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// An answer that is read as it comes, whatever its length: for what is fetched into a file. Made by [Outbound], which
/// checks where it leads.
public final class OutboundStream implements Closeable {

    private static final int MOST_HEAD = 16 * 1024;

    private final Socket socket;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private OutboundStream(Socket socket, int status, Map<String, String> headers, InputStream body) {
        this.socket = socket;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static OutboundStream read(Socket socket) throws IOException {
        var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        var first = line(in, MOST_HEAD);
        if (!first.matches("HTTP/1\\.[01] \\d{3}.*")) {
            throw new IOException("the answer is none of HTTP");
        }
        var headers = new LinkedHashMap<String, String>();
        var left = MOST_HEAD;
        for (var line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            left -= line.length();
            var colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new OutboundStream(socket, Integer.parseInt(first.substring(9, 12)), headers, body(headers, in));
    }

    private static InputStream body(Map<String, String> headers, InputStream in) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return new Chunks(in);
        }
        var length = headers.getOrDefault("content-length", "");
        if (!length.isEmpty()) {
            if (!length.matches("\\d{1,15}")) {
                throw new IOException("the answer has no length that could be");
            }
            return new Counted(in, Long.parseLong(length));
        }
        return in;
    }

    public int status() {
        return status;
    }

    /// By their names in small letters.
    public Map<String, String> headers() {
        return headers;
    }

    public InputStream body() {
        return status == 204 ? new ByteArrayInputStream(new byte[0]) : body;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String line(InputStream in, int most) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() >= most) {
                throw new IOException("the answer was cut, or its head is too long");
            }
            line.append((char) next);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .stripTrailing();
    }

    /// Ends after so many bytes; fewer mean that it was cut.
    private static class Counted extends FilterInputStream {

        long left;

        Counted(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            if (left == 0) {
                return -1;
            }
            var read = in.read(to, from, (int) Math.min(most, left));
            if (read < 0) {
                throw new IOException("the answer was cut");
            }
            left -= read;
            return read;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public long skip(long most) throws IOException {
            var skipped = 0L;
            while (skipped < most && read() >= 0) {
                skipped++;
            }
            return skipped;
        }
    }

    /// A body in chunks (RFC 9112), one after the other.
    private static final class Chunks extends Counted {

        private boolean begun;
        private boolean ended;

        Chunks(InputStream in) {
            super(in, 0);
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            if (left == 0 && !ended) {
                next();
            }
            return ended ? -1 : super.read(to, from, most);
        }

        private void next() throws IOException {
            if (begun) {
                line(in, 2);
            }
            begun = true;
            var size = line(in, 1000).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,12}")) {
                throw new IOException("the answer was cut");
            }
            left = Long.parseLong(size, 16);
            ended = left == 0;
        }
    }
}
