package dev.conduct.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/// The style sheet, scripts, fonts and icons: read once, kept in memory, addressed by their content, so that a
/// browser may keep them for ever and never sees an old one.
@Component
public class Assets {

    private static final String NAME = "/(css|js|fonts|icons)/[a-z0-9-]+(\\.[a-z0-9]+)+|/fonts/LICENSES\\.txt";
    private static final Map<String, String> ELSEWHERE =
            Map.of("/js/htmx.js", "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
    private static final Pattern IMPORTED = Pattern.compile("((?:from|import) \"\\.)(/[a-z0-9-]+\\.js)\"");
    private static final Map<String, MediaType> TYPES = Map.of(
            "css", MediaType.parseMediaType("text/css;charset=utf-8"),
            "js", MediaType.parseMediaType("text/javascript;charset=utf-8"),
            "svg", MediaType.parseMediaType("image/svg+xml"),
            "txt", MediaType.parseMediaType("text/plain;charset=utf-8"),
            "woff2", MediaType.parseMediaType("font/woff2"));

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    /// @param gzip null when it would not be smaller (fonts are compressed already)
    record Asset(MediaType type, String hash, byte[] bytes, byte @Nullable [] gzip) {}

    /// The address under which this content may be kept for ever.
    public String href(String path) {
        return path + "?v="
                + find(path)
                        .orElseThrow(() -> new IllegalArgumentException("no such asset: " + path))
                        .hash();
    }

    Optional<Asset> find(String path) {
        var known = read.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        if (!path.matches(NAME)) {
            return Optional.empty();
        }
        var resource = new ClassPathResource(ELSEWHERE.getOrDefault(path, "static" + path));
        if (!resource.exists()) {
            return Optional.empty();
        }
        try {
            var asset = asset(path, addressed(path, resource.getContentAsByteArray()));
            read.put(path, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A module names those it imports by their content too: they are kept as long as itself, and asked for no more.
    private byte[] addressed(String path, byte[] bytes) {
        if (!path.startsWith("/js/") || ELSEWHERE.containsKey(path)) {
            return bytes;
        }
        return IMPORTED.matcher(new String(bytes, StandardCharsets.UTF_8))
                .replaceAll(
                        found -> found.group(1) + href("/js" + found.group(2)).substring("/js".length()) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Asset asset(String path, byte[] bytes) throws IOException {
        var type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        var smaller = packed.size() < bytes.length * 9 / 10;
        return new Asset(type, hash(bytes), bytes, smaller ? packed.toByteArray() : null);
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
