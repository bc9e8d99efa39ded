package dev.conduct.mail;

import java.net.URI;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Where people reach this server: `conduct.url`, else this computer.
@Component
class ServerAddress {

    private final String root;

    ServerAddress(@Value("${conduct.url:}") String url, @Value("${server.port:8080}") int port) {
        this.root = url.isBlank() ? "http://localhost:" + port : url.strip().replaceAll("/+$", "");
    }

    String root() {
        return root;
    }

    String host() {
        return Objects.requireNonNullElse(URI.create(root).getHost(), "localhost");
    }
}
