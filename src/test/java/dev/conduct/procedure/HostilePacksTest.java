package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A pack that means no good, or was damaged on its way: told by file and line, never a crash, never half read.
class HostilePacksTest {

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] standard(String file) {
        return PackFiles.standard().files().getOrDefault(file, new byte[0]);
    }

    private static byte[] changed(String file, String before, String after) {
        var text = new String(standard(file), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        return text(text.replace(before, after));
    }

    private static byte[] joined(byte[] one, byte... other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("pack.yaml"));
            zip.write(standard("pack.yaml"));
        }
        return bytes.toByteArray();
    }

    static Stream<Arguments> hostile() throws IOException {
        return Stream.of(
                Arguments.of(
                        "a NUL", "parameters.yaml", changed("parameters.yaml", "value: 15 min", "value: 15 \0min")),
                Arguments.of("a lone surrogate", "roles.yaml", joined(standard("roles.yaml"), new byte[] {
                    '#', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'
                })),
                Arguments.of(
                        "invalid UTF-8", "clauses.yaml", joined(standard("clauses.yaml"), (byte) 0xC3, (byte) 0x28)),
                Arguments.of(
                        "an escaped surrogate",
                        "roles.yaml",
                        changed("roles.yaml", "title: Support", "title: \"\\ud800\"")),
                Arguments.of("an escaped NUL", "roles.yaml", changed("roles.yaml", "title: Support", "title: \"\\0\"")),
                Arguments.of(
                        "a number out of bounds",
                        "parameters.yaml",
                        changed("parameters.yaml", "value: 15 min", "value: " + "9".repeat(400) + " min")),
                Arguments.of(
                        "a number out of bounds, of percent",
                        "parameters.yaml",
                        changed("parameters.yaml", "value: 80", "value: 1e999")),
                Arguments.of("deep nesting", "roles.yaml", text("roles: " + "[".repeat(50_000) + "]".repeat(50_000))),
                Arguments.of("deep maps", "roles.yaml", text("roles: " + "{a: ".repeat(5_000) + "}".repeat(5_000))),
                Arguments.of("a key twice", "roles.yaml", joined(standard("roles.yaml"), text("roles: {}\n"))),
                Arguments.of("an empty name", "roles.yaml", changed("roles.yaml", "  auditor:", "  \"\":")),
                Arguments.of("a blank name", "types/bug.yaml", changed("types/bug.yaml", "  impact:\n", "  \" \":\n")),
                Arguments.of("a tag of Java", "roles.yaml", text("roles: !!javax.script.ScriptEngineManager []\n")),
                Arguments.of("an alias bomb", "roles.yaml", text("""
                        a: &a [x, x, x, x, x, x, x, x]
                        b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                        roles: [*b, *b, *b, *b, *b, *b, *b, *b]
                        """)),
                Arguments.of("two documents", "roles.yaml", joined(standard("roles.yaml"), text("---\nroles: {}\n"))),
                Arguments.of(
                        "XML", "pack.yaml", text("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")),
                Arguments.of("an archive", "pack.yaml", zip()),
                Arguments.of("nothing", "pack.yaml", new byte[0]),
                Arguments.of("a line of nearly a megabyte", "roles.yaml", text("roles: " + "x".repeat(990_000))));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("hostile")
    void is_told_by_file_and_line(String what, String file, byte[] bytes) {
        var files = new TreeMap<>(PackFiles.standard().files());
        files.put(file, bytes);

        var checked = PackCheck.check(new PackFiles(files));

        assertThat(checked.procedure()).as(what).isEmpty();
        assertThat(checked.mistakes()).as(what).anySatisfy(mistake -> {
            assertThat(mistake.file()).isEqualTo(file);
            assertThat(mistake.line()).isPositive();
            assertThat(mistake.says()).isNotBlank().hasSizeLessThan(500);
            assertThat(mistake.instead()).isNotBlank();
        });
    }

    @Property(tries = 150)
    void whatever_the_bytes_checking_ends_with_a_verdict(@ForAll byte[] bytes) {
        var files = new TreeMap<>(PackFiles.standard().files());
        files.put("roles.yaml", bytes);

        var checked = PackCheck.check(new PackFiles(files));

        assertThat(checked.procedure().isEmpty()).isEqualTo(!checked.mistakes().isEmpty());
    }

    @Test
    void a_file_beyond_a_megabyte_is_refused_unread(@TempDir Path folder) throws IOException {
        var line = "x".repeat(10_000_000);
        Files.writeString(folder.resolve("pack.yaml"), line);

        assertThatThrownBy(() -> PackFiles.of(folder)).hasMessageContaining("pack.yaml is larger than a million bytes");
        assertThatThrownBy(() -> PackFiles.of(Map.of("pack.yaml", line)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @Test
    void a_name_that_leads_elsewhere_is_no_part_of_a_pack() {
        for (var name : new String[] {"../pack.yaml", "types/../../x.yaml", "", "/etc/passwd", "types/.yaml", "a\0b"}) {
            assertThatThrownBy(() -> PackFiles.of(Map.of(name, "x")))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.errors().getFirst().code())
                                    .isEqualTo("unknown_file"));
        }
    }
}
