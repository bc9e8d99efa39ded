package dev.conduct.importer;

import dev.conduct.kernel.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file to import: its name for messages, its bytes, its text.
record SourceFile(String name, Path path) {

    SourceFile(Path path) {
        this(String.valueOf(path.getFileName()), path);
    }

    InputStream bytes() throws IOException {
        return Files.newInputStream(path);
    }

    /// The text, without a byte order mark. A UTF-16 mark wins over the charset named. A byte that is not valid in
    /// the charset becomes a lone surrogate, so that only the record which holds it is refused, not the whole file.
    BufferedReader text(Charset charset) throws IOException {
        var bytes = new PushbackInputStream(bytes(), 3);
        var head = bytes.readNBytes(3);
        var known = charset;
        var mark = 0;
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            known = StandardCharsets.UTF_8;
            mark = 3;
        } else if (starts(head, 0xFE, 0xFF)) {
            known = StandardCharsets.UTF_16BE;
            mark = 2;
        } else if (starts(head, 0xFF, 0xFE)) {
            known = StandardCharsets.UTF_16LE;
            mark = 2;
        }
        bytes.unread(head, mark, head.length - mark);
        return new BufferedReader(new FaithfulReader(bytes, known), 1 << 16);
    }

    /// Archives are not opened: what is inside could be anything, and any size.
    void refuseArchive() throws IOException {
        try (var bytes = bytes()) {
            var head = bytes.readNBytes(4);
            if (starts(head, 0x50, 0x4B, 0x03, 0x04) || starts(head, 0x1F, 0x8B) || starts(head, 0x37, 0x7A, 0xBC)) {
                throw Problem.badInput(name, "archive", "is an archive. Unpack it and give the file inside.");
            }
        }
    }

    String at(long line) {
        return name + ":" + line;
    }

    private static boolean starts(byte[] head, int... expected) {
        for (var i = 0; i < expected.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
