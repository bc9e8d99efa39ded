package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// Files out of a request. A file's name is only a word for messages: never a path.
final class Received {

    private static final int MOST_FILES = 20;

    private Received() {}

    static List<Uploads.File> files(@Nullable List<MultipartFile> parts) {
        var files = new ArrayList<Uploads.File>();
        for (var part : parts == null ? List.<MultipartFile>of() : parts) {
            if (!part.isEmpty()) {
                files.add(new Uploads.File(name(part.getOriginalFilename()), bytes(part)));
            }
        }
        if (files.isEmpty()) {
            throw Problem.badInput("file", "missing", "Choose the file to import; it must not be empty.");
        }
        if (files.size() > MOST_FILES) {
            throw Problem.badInput("file", "too_many", "At most " + MOST_FILES + " files at once.");
        }
        return files;
    }

    static String mapping(@Nullable MultipartFile part) {
        if (part == null || part.isEmpty()) {
            return "";
        }
        if (part.getSize() > 1 << 20) {
            throw Problem.badInput(List.of(new FieldProblem("mapping", "too_large", "A mapping has at most 1 MB.")));
        }
        return PlainText.checked("mapping", new String(bytes(part), StandardCharsets.UTF_8), 1 << 20);
    }

    private static byte[] bytes(MultipartFile part) {
        try {
            return part.getBytes();
        } catch (IOException broken) {
            throw Problem.badInput("file", "unreadable", "The upload broke off. Send it again.");
        }
    }

    private static String name(@Nullable String said) {
        var name = said == null ? "" : said.replaceAll("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
        return name.isBlank() ? "file" : name.substring(0, Math.min(name.length(), 120));
    }
}
