package dev.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// The formatter breaks a long `///` line into one of documentation and one that no longer is.
class DocCommentTest {

    @Test
    void no_doc_comment_loses_its_middle() throws IOException {
        var broken = new ArrayList<String>();
        try (var files = Files.walk(Path.of("src"))) {
            for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
                var lines = Files.readAllLines(file);
                for (var i = 1; i < lines.size(); i++) {
                    if (lines.get(i).strip().startsWith("// ")
                            && lines.get(i - 1).strip().startsWith("///")) {
                        broken.add(file + ":" + (i + 1));
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }
}
