import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One kept-alive HTTP/1.1 connection to loopback, blocking and small, so that the client takes as little of the
/// machine as possible away from the server it measures.
final class Connection implements AutoCloseable {

    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Connection(int port) {
        this.port = port;
    }

    Answer get(String path, Map<String, String> headers) throws IOException {
        return send("GET", path, headers, new byte[0]);
    }

    Answer post(String path, Map<String, String> headers, String body) throws IOException {
        return post(path, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer post(String path, Map<String, String> headers, byte[] body) throws IOException {
        return send("POST", path, headers, body);
    }

    /// Sends a file as it is read.
    Answer post(String path, Map<String, String> headers, Path file) throws IOException {
        open();
        out.write(head("POST", path, headers, Files.size(file)).getBytes(StandardCharsets.ISO_8859_1));
        Files.copy(file, out);
        out.flush();
        return read();
    }

    private Answer send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        var head = head(method, path, headers, body.length);
        var reused = socket != null;
        try {
            return exchange(head, body);
        } catch (IOException closed) {
            close();
            if (!reused || !method.equals("GET")) {
                throw closed;
            }
            return exchange(head, body);
        }
    }

    private String head(String method, String path, Map<String, String> headers, long length) {
        var head = new StringBuilder()
                .append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost:").append(port).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private void open() throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(180_000);
            in = new BufferedInputStream(socket.getInputStream(), 32_768);
            out = socket.getOutputStream();
        }
    }

    private Answer exchange(String head, byte[] body) throws IOException {
        open();
        var bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        bytes.writeTo(out);
        out.flush();
        return read();
    }

    private Answer read() throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            var value = line.substring(colon + 1).strip();
            headers.merge(name, value, (first, second) -> first + "\n" + second);
        }
        byte[] body;
        if ("chunked".equalsIgnoreCase(headers.getOrDefault("transfer-encoding", ""))) {
            body = chunks();
        } else {
            body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        if ("close".equalsIgnoreCase(headers.getOrDefault("connection", ""))) {
            close();
        }
        return new Answer(status, headers, body);
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (var size = Integer.parseInt(line().strip(), 16); size > 0; size = Integer.parseInt(line().strip(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException ignored) {
            // it is being thrown away
        }
        socket = null;
    }
}
