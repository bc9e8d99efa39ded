package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {

    private static final String ROOT = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path folder;

    @Test
    void the_last_promise_is_found_behind_many_notes_and_before_half_a_line() throws IOException {
        var notes = "note %s\n".formatted(ROOT).repeat(5_000);
        assertThat(last("promise 1 %s\npromise 70 %s\n%spromise 7".formatted(ROOT, ROOT, notes)))
                .isEqualTo(70);
        assertThat(last("promise 9 %s\n%s".formatted(ROOT, notes))).isEqualTo(9);
        assertThat(last(notes + "promise 12 %s\n".formatted(ROOT))).isEqualTo(12);
    }

    @Test
    void a_file_without_a_whole_promise_promises_nothing() throws IOException {
        assertThat(CheckpointFile.last(folder.resolve("none"))).isEmpty();
        for (var text : new String[] {"", "promise 5 AA", "note AA\n"}) {
            assertThat(CheckpointFile.last(written(text))).as(text).isEmpty();
        }
    }

    @Test
    void a_damaged_promise_is_refused() {
        assertThatThrownBy(() -> last("promise x %s\n".formatted(ROOT)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be understood");
    }

    private long last(String text) throws IOException {
        return CheckpointFile.last(written(text)).orElseThrow().size();
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("checkpoints.log"), text);
    }
}
