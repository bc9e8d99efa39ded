package dev.conduct.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.PackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// The pack as it ships, changed here and there.
public final class Drafts {

    private final TreeMap<String, byte[]> files =
            new TreeMap<>(PackFiles.standard().files());

    public static Drafts named(String version) {
        return new Drafts().with("pack.yaml", "version: \"2026.11\"", "version: \"" + version + "\"");
    }

    public Drafts with(String file, String before, String after) {
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PackFiles pack() {
        return new PackFiles(files);
    }

    public Path in(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }
}
