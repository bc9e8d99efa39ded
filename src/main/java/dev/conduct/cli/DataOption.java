package dev.conduct.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--data`, the same for every command that works on an installation.
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "The data folder (default: CONDUCT_DATA, else ./data).")
    private @Nullable Path data;

    Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        if (data != null) {
            settings.put("conduct.data", data.toString());
        }
        return settings;
    }

    Path folder() {
        return data != null ? data : set("CONDUCT_DATA").orElse(Path.of("data"));
    }

    Path keys() {
        return set("CONDUCT_KEYS").orElse(folder().resolve("keys"));
    }

    private static Optional<Path> set(String name) {
        return Optional.ofNullable(System.getenv(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
