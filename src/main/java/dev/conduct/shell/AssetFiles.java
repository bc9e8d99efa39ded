package dev.conduct.shell;

import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;

/// Serves the assets. With the hash in its address a file is kept for a year; without, it is asked for again by its
/// tag.
@Controller
class AssetFiles {

    private final Assets assets;

    AssetFiles(Assets assets) {
        this.assets = assets;
    }

    @GetMapping({"/css/{name}", "/js/{name}", "/fonts/{name}", "/icons/{name}"})
    @Nullable
    ResponseEntity<byte[]> file(
            HttpServletRequest request,
            WebRequest exchange,
            @RequestParam(name = "v", required = false) @Nullable String version,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, defaultValue = "") String encodings) {
        var asset = assets.find(request.getRequestURI()).orElseThrow(() -> Problem.notFound("This file"));
        if (exchange.checkNotModified('"' + asset.hash() + '"')) {
            return null;
        }
        var forever = asset.hash().equals(version) || request.getRequestURI().startsWith("/fonts/");
        var response = ResponseEntity.ok()
                .contentType(asset.type())
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .cacheControl(
                        forever
                                ? CacheControl.maxAge(Duration.ofDays(365))
                                        .cachePublic()
                                        .immutable()
                                : CacheControl.noCache().cachePublic());
        var gzip = asset.gzip();
        if (gzip != null && encodings.contains("gzip")) {
            return response.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(gzip);
        }
        return response.body(asset.bytes());
    }
}
