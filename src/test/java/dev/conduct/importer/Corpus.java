package dev.conduct.importer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files to read in tests: our own small ones, and the real ones where a machine has them.
final class Corpus {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Corpus() {}

    /// A real file, or the test is skipped.
    static Path real(String name) {
        var root = Path.of(Objects.requireNonNullElse(System.getenv("CONDUCT_CORPUS"), "../shared/data"));
        var file = root.resolve(name);
        assumeTrue(Files.exists(file), () -> "no such real file here: " + name);
        return file;
    }

    /// The totals beside a real file, computed by another program.
    static JsonNode expected(String name) throws IOException {
        var root = real("MANIFEST.tsv");
        for (var line : Files.readAllLines(root)) {
            var columns = line.split("\t", -1);
            if (columns[0].equals(name)) {
                return JSON.readTree(columns[columns.length - 1]);
            }
        }
        throw new AssertionError("not in the manifest: " + name);
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    static Path own(String name) {
        return Path.of("src/test/resources/importer", name);
    }

    static Mapping mapping(ImportFormat format, @Nullable String own) throws IOException {
        return MappingReader.read(
                format, own == null ? List.of() : List.of(new Imports.Overlay(own, Files.readString(own(own)))));
    }

    static Read read(ImportFormat format, Path file, @Nullable String mapping) throws IOException {
        var read = new Read(new ArrayList<>(), new TreeMap<>());
        format.reader().read(new SourceFile(file), mapping(format, mapping), read);
        return read;
    }

    /// What a reader found: issues, and by place why something was not one.
    record Read(List<SourceIssue> issues, Map<String, String> broken) implements SourceReader.Receiver {

        @Override
        public void issue(SourceIssue issue) {
            issues.add(issue);
        }

        @Override
        public void broken(String at, String says) {
            broken.put(at, says);
        }

        SourceIssue issue(String at, String id) {
            return issues.stream()
                    .filter(issue -> issue.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(at + " has no " + id));
        }

        SourceIssue only() {
            if (issues.size() != 1) {
                throw new AssertionError("issues: " + issues.size() + ", broken: " + broken);
            }
            return issues.getFirst();
        }

        /// The values a field took, with how often, over all issues.
        Map<String, Integer> taken(String field) {
            var counts = new TreeMap<String, Integer>();
            for (var issue : issues) {
                for (var change : issue.changes()) {
                    if (change.field().equals(field)) {
                        counts.merge(String.valueOf(change.to()), 1, Integer::sum);
                    }
                }
            }
            return counts;
        }

        Map<String, Integer> steps(String field) {
            var counts = new TreeMap<String, Integer>();
            for (var issue : issues) {
                for (var change : issue.changes()) {
                    if (change.field().equals(field) && change.from() != null) {
                        counts.merge(change.from() + " -> " + change.to(), 1, Integer::sum);
                    }
                }
            }
            return counts;
        }

        Map<String, Integer> known(String field) {
            var counts = new TreeMap<String, Integer>();
            issues.forEach(issue -> counts.merge(issue.fields().getOrDefault(field, ""), 1, Integer::sum));
            return counts;
        }

        Map<String, Integer> firstStates() {
            var counts = new TreeMap<String, Integer>();
            for (var issue : issues) {
                issue.changes().stream()
                        .filter(change -> change.field().equals("state"))
                        .findFirst()
                        .ifPresent(change -> counts.merge(String.valueOf(change.to()), 1, Integer::sum));
            }
            return counts;
        }
    }

    static Map<String, Integer> counts(JsonNode node) {
        var counts = new TreeMap<String, Integer>();
        node.properties()
                .forEach(member -> counts.put(member.getKey(), member.getValue().asInt()));
        return counts;
    }

    static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        var sum = new LinkedHashMap<>(one);
        other.forEach((key, value) -> sum.merge(key, value, Integer::sum));
        return sum;
    }
}
