package dev.conduct.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
}
