package dev.conduct.procedure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The files of one pack, by their path inside it, byte for byte. What an installation adopts and keeps for ever.
public record PackFiles(SortedMap<String, byte[]> files) {

    static final List<String> TOP = List.of(
            "pack.yaml",
            "clauses.yaml",
            "roles.yaml",
            "parameters.yaml",
            "calendars.yaml",
            "schedules.yaml",
            "evidence.yaml");

    private static final Pattern TYPE_FILE = Pattern.compile("types/[a-z][a-z0-9_]{0,40}\\.yaml");
    private static final int MOST_BYTES = 1_000_000;
    private static final int MOST_TYPES = 100;

    /// The pack that Conduct ships with.
    public static PackFiles standard() {
        var files = new TreeMap<String, byte[]>();
        for (var name : TOP) {
            files.put(name, resource(name));
        }
        for (var type : PackReader.typesOf(files)) {
            files.put("types/" + type + ".yaml", resource("types/" + type + ".yaml"));
        }
        return new PackFiles(files);
    }

    /// A pack in a folder. Files that are no part of a pack (schema, notes) are left where they are.
    ///
    /// @throws IOException when the folder cannot be read, or a file is larger than a megabyte
    public static PackFiles of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is no folder. Name the folder that holds pack.yaml.");
        }
        var files = new TreeMap<String, byte[]>();
        for (var name : TOP) {
            add(files, folder, name);
        }
        var types = folder.resolve("types");
        if (Files.isDirectory(types)) {
            try (var listing = Files.list(types)) {
                for (var file : listing.sorted().limit(MOST_TYPES).toList()) {
                    var name = "types/" + file.getFileName();
                    if (TYPE_FILE.matcher(name).matches()) {
                        add(files, folder, name);
                    }
                }
            }
        }
        return new PackFiles(files);
    }

    /// A pack sent as text, by path.
    ///
    /// @throws dev.conduct.kernel.Problem 400 for a name that is no part of a pack, 413 for a file over a megabyte
    public static PackFiles of(java.util.Map<String, String> texts) {
        var files = new TreeMap<String, byte[]>();
        for (var text : texts.entrySet()) {
            var name = text.getKey();
            if (!TOP.contains(name) && !TYPE_FILE.matcher(name).matches()) {
                throw dev.conduct.kernel.Problem.badInput(
                        "files." + name,
                        "unknown_file",
                        "is no part of a pack. A pack has " + String.join(", ", TOP) + " and types/NAME.yaml.");
            }
            var bytes = text.getValue().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > MOST_BYTES) {
                throw dev.conduct.kernel.Problem.tooLarge(
                        "files." + name, "A file of a pack has at most a million bytes.");
            }
            files.put(name, bytes);
        }
        return new PackFiles(files);
    }

    /// The first line of a file that begins so, counted from 1; 1 when there is none.
    int lineOf(String name, String beginning) {
        var lines = new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i + 1;
            }
        }
        return 1;
    }

    /// SHA-256 over names and contents, in order of names, each with its length: hex.
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                feed(digest, name.getBytes(StandardCharsets.UTF_8));
                feed(digest, bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static void feed(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static void add(SortedMap<String, byte[]> files, Path folder, String name) throws IOException {
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than a million bytes. Split it or shorten it.");
        }
        files.put(name, Files.readAllBytes(file));
    }

    private static byte[] resource(String name) {
        try (var stream = PackFiles.class.getResourceAsStream("/procedure/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("The default pack lacks " + name + ".");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
