package dev.conduct.proof;

import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The key folder in one page of text that only the secret half of the recovery key opens: to be printed, or kept where
/// backups are not.
public final class RecoveryKit {

    private static final String BEGIN = "-----BEGIN CONDUCT RECOVERY KIT-----";
    private static final String END = "-----END CONDUCT RECOVERY KIT-----";
    private static final int WIDTH = 76;

    private RecoveryKit() {}

    /// @return what to print, and the names of the files in it
    public static Made make(Path keys, RecoveryKey.Public key, Instant now) throws IOException {
        var files = new LinkedHashMap<String, String>();
        try (var all = Files.list(keys)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        try {
            var sealed = key.wrapped(JsonMapper.shared().writeValueAsBytes(files));
            var text = "Recovery kit of a Conduct server, made " + now + " for the recovery key\n" + key + "\n\n"
                    + "To put the keys back into a new key folder:\n"
                    + "  ./conduct keys restore-kit THIS-FILE --key SECRET-HALF-OF-THE-RECOVERY-KEY --data FOLDER\n\n"
                    + BEGIN + "\n"
                    + Base64.getMimeEncoder(WIDTH, new byte[] {'\n'}).encodeToString(sealed) + "\n" + END + "\n";
            return new Made(text, List.copyOf(files.keySet()));
        } catch (GeneralSecurityException failure) {
            throw new IOException("the kit cannot be encrypted", failure);
        }
    }

    public record Made(String text, List<String> files) {}

    /// Puts the files into a folder, over none that is there.
    ///
    /// @return the names of those written
    /// @throws StartRefused when this is no kit, one for another key, or the folder has other keys
    public static List<String> restore(String text, RecoveryKey key, Path folder) throws IOException {
        var files = opened(text, key);
        for (var file : files.entrySet()) {
            var there = folder.resolve(file.getKey());
            if (!folder.normalize().equals(there.normalize().getParent())) {
                throw new StartRefused("The kit names a file outside the key folder: " + file.getKey());
            }
            if (Files.exists(there) && !Files.readString(there).equals(file.getValue())) {
                throw new StartRefused(there + " is there and differs from the kit's. Nothing was written.");
            }
        }
        Files.createDirectories(folder);
        var written = new ArrayList<String>();
        for (var file : files.entrySet()) {
            if (!Files.exists(folder.resolve(file.getKey()))) {
                KeyFile.create(folder.resolve(file.getKey()), file.getValue());
                written.add(file.getKey());
            }
        }
        return written;
    }

    private static Map<String, String> opened(String text, RecoveryKey key) {
        var begin = text.indexOf(BEGIN);
        var end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new StartRefused("This is no recovery kit: it has no line " + BEGIN + ".");
        }
        try {
            var sealed = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            return JsonMapper.shared()
                    .readValue(
                            new String(key.unwrapped(sealed), StandardCharsets.UTF_8),
                            new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (GeneralSecurityException | IllegalArgumentException | JacksonException wrong) {
            throw new StartRefused(
                    "The kit does not open with this recovery key (" + key.half() + "): it was made for another, or was"
                            + " mistyped.",
                    wrong);
        }
    }
}
