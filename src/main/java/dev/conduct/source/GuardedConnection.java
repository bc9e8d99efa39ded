package dev.conduct.source;

import dev.conduct.kernel.Outbound;
import dev.conduct.kernel.OutboundStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One request of git: what it wants to say is gathered, then sent whole; the answer is read as it comes.
final class GuardedConnection implements HttpConnection {

    /// What git says of the commits it has and wants; more is no fetch.
    private static final int MOST = 16 * 1024 * 1024;

    private final Outbound outbound;
    private final URL url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "GET";
    private Duration silence = Duration.ofSeconds(60);
    private @Nullable OutboundStream answer;

    GuardedConnection(Outbound outbound, URL url) {
        this.outbound = outbound;
        this.url = url;
    }

    private OutboundStream answer() throws IOException {
        var known = answer;
        if (known == null) {
            if (body.size() > MOST) {
                throw new IOException("git wanted to say more than " + MOST + " bytes");
            }
            known = outbound.stream(method, URI.create(url.toString()), headers, body.toByteArray(), silence);
            answer = known;
        }
        return known;
    }

    @Override
    public int getResponseCode() throws IOException {
        return answer().status();
    }

    @Override
    public URL getURL() {
        return url;
    }

    @Override
    public String getResponseMessage() throws IOException {
        return "HTTP " + answer().status();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        var known = answer;
        var fields = new LinkedHashMap<String, List<String>>();
        if (known != null) {
            known.headers().forEach((name, value) -> fields.put(name, List.of(value)));
        }
        return fields;
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if (!key.equalsIgnoreCase("User-Agent") && !key.equalsIgnoreCase("Content-Length")) {
            headers.put(key, value);
        }
    }

    @Override
    public void setRequestMethod(String method) {
        this.method = method;
    }

    @Override
    public void setUseCaches(boolean usecaches) {
        // Nothing is cached here.
    }

    @Override
    public void setConnectTimeout(int timeout) {
        // The door has its own.
    }

    @Override
    public void setReadTimeout(int timeout) {
        if (timeout > 0) {
            silence = Duration.ofMillis(timeout);
        }
    }

    @Override
    public @Nullable String getContentType() {
        return getHeaderField("Content-Type");
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return answer().body();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        var known = answer;
        return known == null ? null : known.headers().get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> getHeaderFields(String name) {
        var value = getHeaderField(name);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public int getContentLength() {
        var length = getHeaderField("Content-Length");
        return length != null && length.matches("\\d{1,9}") ? Integer.parseInt(length) : -1;
    }

    @Override
    public void setInstanceFollowRedirects(boolean followRedirects) {
        // The door follows none, whatever is asked.
    }

    @Override
    public void setDoOutput(boolean dooutput) {
        // What is written is sent.
    }

    @Override
    public void setFixedLengthStreamingMode(int contentLength) {
        // The length is known when all is gathered.
    }

    @Override
    public OutputStream getOutputStream() {
        return body;
    }

    @Override
    public void setChunkedStreamingMode(int chunklen) {
        // As above.
    }

    @Override
    public String getRequestMethod() {
        return method;
    }

    @Override
    public boolean usingProxy() {
        return false;
    }

    @Override
    public void connect() throws IOException {
        var _ = answer();
    }

    @Override
    public void configure(KeyManager @Nullable [] km, TrustManager @Nullable [] tm, @Nullable SecureRandom random) {
        // Certificates are checked by the door, and nobody switches that off.
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        // As above.
    }
}
