package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder of `procedure/broken` holds what differs from the small pack, and every mistake it must be told.
class BrokenPacksTest {

    private static final Path ROOT = Path.of("src/test/resources/procedure");

    static Stream<Path> packs() throws IOException {
        return Files.list(ROOT.resolve("broken")).sorted();
    }

    private static PackFiles with(Path overlay) throws IOException {
        var files = new TreeMap<>(PackFiles.of(ROOT.resolve("small")).files());
        files.putAll(PackFiles.of(overlay).files());
        return new PackFiles(files);
    }

    @Test
    void the_small_pack_itself_has_no_mistakes() throws IOException {
        assertThat(PackCheck.check(PackFiles.of(ROOT.resolve("small"))).mistakes())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void every_mistake_is_told_with_its_line_and_what_to_write_instead(Path pack) throws IOException {
        var checked = PackCheck.check(with(pack));

        assertThat(checked.procedure()).isEmpty();
        assertThat(checked.mistakes().stream().map(Mistake::toString).toList())
                .containsExactlyElementsOf(Files.readAllLines(pack.resolve("expected.txt")));
    }
}
