package dev.conduct.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// The one door for requests to elsewhere. A name is resolved once, every address it has is checked, and the connection
/// goes to an address that was checked; redirects are not followed, and an answer is read to a limit. Private addresses
/// are refused unless `conduct.outbound.allow` (`CONDUCT_OUTBOUND_ALLOW`, hosts with commas) names the host. A demo,
/// which serves nobody but this computer, may ask itself.
@Component
public class Outbound {

    private static final int MOST = 64 * 1024;
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration LOOKING_UP = Duration.ofSeconds(10);

    private final Set<String> allowed;
    private final Environment environment;

    Outbound(@Value("${conduct.outbound.allow:}") String allow, Environment environment) {
        this.environment = environment;
        this.allowed = Stream.of(allow.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param body at most 64 KB of it
    public record Answer(int status, String body) {}

    /// The address may not be asked: it is not of the web, or leads into a private network.
    public static final class Refused extends IOException {

        Refused(String says) {
            super(says);
        }
    }

    /// @throws Refused before anything was sent
    /// @throws IOException when there was no whole answer in time
    public Answer post(URI address, String contentType, byte[] body, Duration atMost) throws IOException {
        return post(address, contentType, Map.of(), body, atMost);
    }

    /// The same with headers, whose values hold nothing that could end a line.
    public Answer post(URI address, String contentType, Map<String, String> headers, byte[] body, Duration atMost)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", contentType);
        all.put("Content-Length", String.valueOf(body.length));
        return send("POST", address, all, body, atMost);
    }

    /// @throws Refused before anything was sent
    /// @throws IOException when there was no whole answer in time
    public Answer get(URI address, Map<String, String> headers, Duration atMost) throws IOException {
        return send("GET", address, headers, new byte[0], atMost);
    }

    /// For an answer of any length, read as it comes; `silence` is how long it may pause. The caller closes it.
    public OutboundStream stream(String method, URI address, Map<String, String> headers, byte[] body, Duration silence)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        if (body.length > 0) {
            all.put("Content-Length", String.valueOf(body.length));
        }
        return read(asked(method, address, all, body, null), silence);
    }

    /// The same, ended after so long, whatever the other side does: for an answer somebody waits for.
    public OutboundStream within(String method, URI address, Map<String, String> headers, byte[] body, Duration atMost)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        if (body.length > 0) {
            all.put("Content-Length", String.valueOf(body.length));
        }
        return read(asked(method, address, all, body, atMost), atMost);
    }

    private static OutboundStream read(Socket socket, Duration silence) throws IOException {
        try {
            socket.setSoTimeout((int) silence.toMillis());
            return OutboundStream.read(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Answer send(String method, URI address, Map<String, String> headers, byte[] body, Duration atMost)
            throws IOException {
        try (var socket = asked(method, address, headers, body, atMost)) {
            return answer(socket, System.nanoTime() + atMost.toNanos());
        }
    }

    /// A connection over which the request was sent.
    ///
    /// @param atMost null: it may last
    private Socket asked(
            String method, URI address, Map<String, String> headers, byte[] body, @Nullable Duration atMost)
            throws IOException {
        var secure = "https".equals(address.getScheme());
        var host = address.getHost();
        if (host == null || address.getUserInfo() != null || !(secure || "http".equals(address.getScheme()))) {
            throw new Refused(address + " is not an address of the web");
        }
        var port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        var socket = connected(host, port, secure, atMost);
        try {
            var path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            var head = method + " " + path + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery())
                    + " HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nUser-Agent: Conduct"
                    + (headers.containsKey("Accept") ? "" : "\r\nAccept: */*") + written(headers)
                    + "\r\nConnection: close\r\n\r\n";
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String written(Map<String, String> headers) throws Refused {
        var lines = new StringBuilder();
        for (var header : headers.entrySet()) {
            var line = header.getKey() + ": " + header.getValue();
            if (!line.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new Refused("the header " + header.getKey() + " holds what a header cannot");
            }
            lines.append("\r\n").append(line);
        }
        return lines.toString();
    }

    private Socket connected(String host, int port, boolean secure, @Nullable Duration atMost) throws IOException {
        var end = System.nanoTime() + (atMost == null ? 0 : atMost.toNanos());
        var plain = open(host, port, atMost == null ? CONNECTING : shorter(CONNECTING, atMost));
        if (atMost != null) {
            Deadline.of(plain, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
        try {
            plain.setSoTimeout((int) CONNECTING.toMillis());
            return secure ? secured(plain, host, port) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// A bare connection, for what does not speak HTTP. The caller closes it.
    ///
    /// @throws Refused before anything was sent
    public Socket open(String host, int port, Duration atMost) throws IOException {
        var end = System.nanoTime() + atMost.toNanos();
        var address = checked(host, port, atMost).getFirst();
        var plain = new Socket();
        try {
            var left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            plain.connect(new InetSocketAddress(address, port), (int) Math.max(1, left));
            return plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// The addresses a name leads to, each one that may be asked: for clients that connect by themselves, which are
    /// given an address and not the name.
    ///
    /// @throws Refused when one of them is private and the host is not allowed
    public List<InetAddress> checked(String host) throws IOException {
        return checked(host, -1, LOOKING_UP);
    }

    private List<InetAddress> checked(String host, int port, Duration atMost) throws IOException {
        var addresses = found(host, atMost);
        if (!allowed.contains(host.toLowerCase(Locale.ROOT)) && !itself(host, port)) {
            for (var address : addresses) {
                if (isPrivate(address)) {
                    throw new Refused(host + " leads to " + address.getHostAddress()
                            + ", which is a private address. Name the host in conduct.outbound.allow if it is meant.");
                }
            }
        }
        return addresses;
    }

    /// Where a name leads, whether it may be asked or not.
    ///
    /// @throws IOException when it leads nowhere, or that was not known in time
    public List<InetAddress> found(String host, Duration atMost) throws IOException {
        return List.of(Names.find(host.replaceAll("[\\[\\]]", ""), atMost, InetAddress::getAllByName));
    }

    private boolean itself(String host, int port) {
        return host.equals("127.0.0.1")
                && environment.getProperty("conduct.demo", Boolean.class, false)
                && environment.getProperty("local.server.port", Integer.class, 0) == port;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        var secure =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    static boolean isPrivate(InetAddress address) {
        var bytes = address.getAddress();
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        var first = bytes[0] & 0xff;
        var second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            // Unique local; and 64:ff9b::/96, 2002::/16, ::/96, which carry an IPv4 address that could be private.
            return (first & 0xfe) == 0xfc || first == 0 || (first == 0x20 && second == 0x02);
        }
        return first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second == 18 || second == 19));
    }

    private static Answer answer(Socket socket, long end) throws IOException {
        var bytes = read(socket.getInputStream(), end);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var gap = text.indexOf("\r\n\r\n");
        if (!text.matches("(?s)HTTP/1\\.[01] \\d{3}.*") || gap < 0) {
            throw new IOException("the answer is none of HTTP");
        }
        var status = Integer.parseInt(text.substring(9, 12));
        var headers = text.substring(0, gap).toLowerCase(Locale.ROOT).lines().toList();
        var content = Arrays.copyOfRange(bytes, gap + 4, bytes.length);
        return new Answer(status, new String(content(headers, content), StandardCharsets.UTF_8));
    }

    private static byte[] content(List<String> headers, byte[] content) throws IOException {
        if (headers.stream().anyMatch(line -> line.matches("transfer-encoding:.*chunked.*"))) {
            return unchunked(content);
        }
        for (var line : headers) {
            if (line.matches("content-length:\\s*\\d{1,9}\\s*")) {
                var length = Integer.parseInt(line.substring(15).strip());
                if (length > content.length) {
                    throw new IOException("the answer is longer than " + MOST + " bytes, or was cut");
                }
                return Arrays.copyOf(content, length);
            }
        }
        return content;
    }

    private static byte[] unchunked(byte[] content) throws IOException {
        var whole = new ByteArrayOutputStream();
        var text = new String(content, StandardCharsets.ISO_8859_1);
        for (var at = 0; ; ) {
            var line = text.indexOf("\r\n", at);
            if (line < 0 || !text.substring(at, line).matches("[0-9a-fA-F]{1,6}(;.*)?")) {
                throw new IOException("the answer was cut");
            }
            var length = Integer.parseInt(text.substring(at, line).split(";")[0], 16);
            if (length == 0) {
                return whole.toByteArray();
            }
            if (line + 2 + length > content.length) {
                throw new IOException("the answer was cut");
            }
            whole.write(content, line + 2, length);
            at = line + 4 + length;
        }
    }

    private static byte[] read(InputStream in, long end) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8 * 1024];
        for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > MOST) {
                throw new IOException("the answer is longer than " + MOST + " bytes");
            }
            if (System.nanoTime() > end) {
                throw new SocketTimeoutException("the answer took too long");
            }
        }
        return bytes.toByteArray();
    }
}
