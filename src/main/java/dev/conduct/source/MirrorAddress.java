package dev.conduct.source;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Which addresses a repository may have: those of the web, and folders of this server below the one that whoever runs
/// it named in `conduct.source.files` (`CONDUCT_SOURCE_FILES`). Without it no file of the server is read.
@Component
class MirrorAddress {

    private static final Set<String> WEB = Set.of("https", "http");

    private final String files;

    MirrorAddress(@Value("${conduct.source.files:}") String files) {
        this.files = files.strip();
    }

    boolean allows(URI address) {
        var scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (WEB.contains(scheme)) {
            return address.getHost() != null && address.getUserInfo() == null;
        }
        return scheme.equals("file") && !files.isEmpty() && below(address);
    }

    private boolean below(URI address) {
        if (address.getPath() == null || address.getHost() != null) {
            return false;
        }
        var root = Path.of(files).toAbsolutePath().normalize();
        var wanted = Path.of(address.getPath()).toAbsolutePath().normalize();
        return wanted.startsWith(root) && !wanted.equals(root);
    }

    String says() {
        return files.isEmpty()
                ? "Give an address that begins with https:// and holds no password."
                : "Give an address that begins with https:// and holds no password, or file://" + files + "/….";
    }
}
