package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackDiffTest {

    private static Procedure with(String file, String before, String after) {
        var files = new TreeMap<>(PackFiles.standard().files());
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
        return PackCheck.check(new PackFiles(files)).orThrow();
    }

    @Test
    void a_pack_differs_not_from_itself() {
        assertThat(PackDiff.of(Bug.PROCEDURE, Bug.PROCEDURE)).isEmpty();
    }

    @Test
    void a_parameter_changes_its_value_and_the_clocks_that_read_it() {
        var changed = with("parameters.yaml", "value: 15 min", "value: 10 min");

        assertThat(PackDiff.of(Bug.PROCEDURE, changed))
                .extracting(PackDiff.Change::says)
                .containsExactly(
                        "The parameter acknowledge_critical: value was \"15 min\", is \"10 min\".",
                        "The clock bug.acknowledge: target for critical was \"15 min, hours: always\","
                                + " is \"10 min, hours: always\".");
    }

    @Test
    void gates_are_added_removed_and_change_their_mode() {
        var renamed = with("types/bug.yaml", "      lessons_recorded:", "      lessons_written:");
        assertThat(PackDiff.of(Bug.PROCEDURE, renamed))
                .extracting(PackDiff.Change::change, PackDiff.Change::name)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("removed", "bug.close.lessons_recorded"),
                        org.assertj.core.groups.Tuple.tuple("added", "bug.close.lessons_written"));

        var loosened =
                with("types/bug.yaml", "        field: lessons\n", "        field: lessons\n        mode: observe\n");
        assertThat(PackDiff.of(Bug.PROCEDURE, loosened))
                .extracting(PackDiff.Change::says)
                .containsExactly("The gate bug.close.lessons_recorded: mode was \"enforce\", is \"observe\".");
    }

    @Test
    void a_word_of_a_clause_counts() {
        var reworded = with("clauses.yaml", "and then the bug is closed", "and then it is closed");

        assertThat(PackDiff.of(Bug.PROCEDURE, reworded))
                .singleElement()
                .satisfies(it -> assertThat(it.name()).isEqualTo("BUG-7"));
    }
}
