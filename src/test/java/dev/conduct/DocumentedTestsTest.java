package dev.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents say is tested by a class, is tested by a class that exists.
class DocumentedTestsTest {

    private static final Pattern NAMED = Pattern.compile("\\b[A-Z][A-Za-z]*(?:Test|Laws)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"docs/asvs.md", "docs/abuse-cases.md"})
    void every_test_that_a_document_names_is_there(String document) throws IOException {
        var tests = tests();
        var missing = new TreeSet<String>();
        NAMED.matcher(Files.readString(Path.of(document)))
                .results()
                .map(found -> found.group())
                .forEach(name -> {
                    if (!tests.contains(name)) {
                        missing.add(name);
                    }
                });

        assertThat(tests).hasSizeGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    private static final Pattern CASE = Pattern.compile("void (?:case|abuse)_(\\d+)_");

    @Test
    void every_abuse_case_has_a_test_that_names_its_number() throws IOException {
        var named = new TreeSet<Integer>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file :
                    files.filter(one -> one.toString().endsWith("Test.java")).toList()) {
                CASE.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> named.add(Integer.valueOf(found.group(1))));
            }
        }

        assertThat(named)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
    }

    private static final Pattern NUMBERED = Pattern.compile("\\b([A-Z]\\w*Test) case (\\d+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]*\\|([^|]*)\\|");

    /// `SignInTest case 7` of the requirements, and each row of the abuse cases.
    @Test
    void a_test_that_a_document_names_for_a_case_has_one_of_that_number() throws IOException {
        var missing = new TreeSet<String>();
        NUMBERED.matcher(Files.readString(Path.of("docs/asvs.md"))).results().forEach(found -> {
            if (!tries(found.group(1), found.group(2))) {
                missing.add(found.group());
            }
        });
        ROW.matcher(Files.readString(Path.of("docs/abuse-cases.md"))).results().forEach(row -> {
            var named = NAMED.matcher(row.group(2)).results().map(found -> found.group());
            if (named.noneMatch(test -> tries(test, row.group(1)))) {
                missing.add("abuse case " + row.group(1));
            }
        });

        assertThat(missing).isEmpty();
    }

    private static boolean tries(String test, String number) {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file : files.filter(one -> one.endsWith(test + ".java")).toList()) {
                if (Pattern.compile("void (?:case|abuse)_" + number + "_")
                        .matcher(Files.readString(file))
                        .find()) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static java.util.Set<String> tests() throws IOException {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
