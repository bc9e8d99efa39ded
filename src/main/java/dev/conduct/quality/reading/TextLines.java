package dev.conduct.quality.reading;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Lines of a text, none of them endless.
final class TextLines {

    private static final int LONGEST = 1 << 20;

    private final Reader reader;
    private long number;

    TextLines(InputStream bytes) {
        reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
    }

    long number() {
        return number;
    }

    /// Null at the end.
    @Nullable
    String next() throws IOException {
        var line = new StringBuilder();
        while (true) {
            var letter = reader.read();
            if (letter < 0 && line.isEmpty()) {
                return null;
            }
            if (letter < 0 || letter == '\n') {
                number++;
                return line.toString().strip();
            }
            if (letter != 0xFEFF) {
                line.append((char) letter);
            }
            if (line.length() > LONGEST) {
                throw Refusal.broken("line " + (number + 1) + " does not end");
            }
        }
    }
}
