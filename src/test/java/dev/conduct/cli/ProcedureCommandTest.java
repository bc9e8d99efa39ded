package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ProcedureCommandTest {

    private record Ran(int status, String out, String err) {}

    private static Ran run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var keptOut = System.out;
        var keptErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            var status = CommandLine.run(arguments);
            return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(keptOut);
            System.setErr(keptErr);
        }
    }

    @Test
    void a_sound_pack_passes() {
        var ran = run("procedure", "check", "procedure");

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).contains("has no mistakes: 76 clauses");
    }

    @Test
    void mistakes_are_words_on_one_side_and_json_on_the_other(@TempDir Path folder) throws Exception {
        copy(Path.of("src/test/resources/procedure/small"), folder);
        copy(Path.of("src/test/resources/procedure/broken/undeclared_names"), folder);

        var ran = run("procedure", "check", folder.toString());

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("note.yaml:27: there is no state \"writen\"; write written");
        assertThat(new JsonMapper().readTree(ran.out()).get("mistakes")).hasSize(5);
    }

    @Test
    void coverage_and_diff_are_json() {
        assertThat(new JsonMapper()
                        .readTree(run("procedure", "coverage", "procedure").out()))
                .hasSize(76);
        var same = run("procedure", "diff", "procedure", "procedure");
        assertThat(new JsonMapper().readTree(same.out())).isEmpty();
        assertThat(same.err()).contains("Nothing changed.");
    }

    @Test
    void a_folder_that_is_none_is_said() {
        var ran = run("procedure", "check", "no/such/folder");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("is no folder");
    }

    private static void copy(Path from, Path to) throws Exception {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
