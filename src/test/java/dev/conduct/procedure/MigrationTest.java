package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private static Procedure next(String rule, String states) {
        var files = new TreeMap<>(PackFiles.standard().files());
        replace(files, "pack.yaml", "2026.11", "2027.1");
        replace(files, "pack.yaml", "  rule: move\n", "  rule: " + rule + "\n" + states);
        replace(files, "types/bug.yaml", "in_fix", "fixing");
        return PackCheck.check(new PackFiles(files)).orThrow();
    }

    private static void replace(TreeMap<String, byte[]> files, String file, String before, String after) {
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void work_that_stays_is_judged_by_the_version_it_began_under() {
        var standing = Migration.of(Bug.PROCEDURE, next("stay", "")).of("bug", "in_fix");

        assertThat(standing).isEqualTo(new Migration.Standing(Bug.PROCEDURE, "in_fix"));
    }

    @Test
    void work_that_moves_is_judged_by_the_new_version_in_its_words() {
        var next = next("move", "  states:\n    bug: {in_fix: fixing}\n");
        var migration = Migration.of(Bug.PROCEDURE, next);

        assertThat(migration.of("bug", "in_fix")).isEqualTo(new Migration.Standing(next, "fixing"));
        assertThat(migration.of("bug", "triaged")).isEqualTo(new Migration.Standing(next, "triaged"));
        assertThat(migration.unmapped()).isEmpty();
    }

    @Test
    void a_state_without_counterpart_is_named_and_its_work_stays() {
        var migration = Migration.of(Bug.PROCEDURE, next("move", ""));

        assertThat(migration.unmapped()).containsExactly("bug.in_fix");
        assertThat(migration.of("bug", "in_fix").procedure()).isEqualTo(Bug.PROCEDURE);
    }
}
