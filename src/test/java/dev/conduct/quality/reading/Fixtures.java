package dev.conduct.quality.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Our own small reports, one of each kind, and what reading gives.
final class Fixtures {

    static final Path FOLDER = Path.of("src/test/resources/quality");

    record Read(ReportKind kind, List<Measurement> all, Map<String, Long> totals) {

        <T extends Measurement> List<T> of(Class<T> type) {
            return all.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private Fixtures() {}

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static List<byte[]> all() {
        try (var files = Files.list(FOLDER)) {
            return files.sorted()
                    .map(file -> bytes(file.getFileName().toString()))
                    .toList();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    static Read read(String name) {
        return read(bytes(name));
    }

    static Read read(String name, java.util.function.UnaryOperator<String> changed) {
        return text(changed.apply(new String(bytes(name), StandardCharsets.UTF_8)));
    }

    static Read text(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    static Read read(byte[] bytes) {
        var all = new ArrayList<Measurement>();
        var totals = new Totals();
        var kind = Readings.read(new ByteArrayInputStream(bytes), _ -> one -> {
            all.add(one);
            totals.take(one);
        });
        return new Read(kind, all, totals.of(kind.family()));
    }
}
