package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The coverage claims what the pack's gates, clocks, roles and fields hold, and what the platform declares: no more.
class CoverageTest {

    private static Coverage.Held of(List<Coverage.Held> coverage, String clause) {
        return coverage.stream()
                .filter(it -> it.clause().id().equals(clause))
                .findFirst()
                .orElseThrow();
    }

    private static Procedure with(String before, String after) {
        var files = new TreeMap<>(PackFiles.standard().files());
        var text = new String(files.getOrDefault("types/bug.yaml", new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        files.put("types/bug.yaml", text.replace(before, after).getBytes(StandardCharsets.UTF_8));
        return PackCheck.check(new PackFiles(files)).orThrow();
    }

    @Test
    void clauses_of_chapters_without_a_line_are_held_by_nothing() {
        var coverage = Coverage.of(Bug.PROCEDURE, List.of());

        assertThat(coverage).hasSize(76);
        assertThat(coverage.stream()
                        .filter(it -> it.controls().stream()
                                .anyMatch(control -> !control.mode().equals("observe")))
                        .map(it -> it.clause().id()))
                .allMatch(id -> id.matches("BUG-.*|STG-2|PRD-[12]"));
        assertThat(of(coverage, "UT-2").held()).isFalse();
        assertThat(of(coverage, "DP-2").held()).isFalse();
        assertThat(of(coverage, "DP-2").missing()).containsExactly("platform");
    }

    @Test
    void attested_deployment_is_no_fact_the_system_collects() {
        var held = of(Coverage.of(Bug.PROCEDURE, List.of()), "BUG-6");

        assertThat(held.held()).isFalse();
        assertThat(held.missing()).containsExactly("fact", "gate");
        assertThat(held.controls()).contains(new Coverage.Control("gate", "Bug, Confirm: Watch window", "warn"));
    }

    @Test
    void a_gate_that_only_warns_holds_nothing() {
        var warning = with("        field: lessons\n", "        field: lessons\n        mode: warn\n");

        assertThat(of(Coverage.of(Bug.PROCEDURE, List.of()), "BUG-7").held()).isTrue();
        assertThat(of(Coverage.of(warning, List.of()), "BUG-7").held()).isFalse();
        assertThat(of(Coverage.of(warning, List.of()), "BUG-7").missing()).contains("gate");
    }

    @Test
    void a_clause_of_which_one_gate_only_warns_is_held_in_part() {
        var report = of(Coverage.of(Bug.PROCEDURE, List.of()), "BUG-1");
        var enforced = with("      mode: warn\n      field: steps\n", "      field: steps\n");

        assertThat(report.held())
                .as("steps to reproduce are asked for, not insisted on")
                .isFalse();
        assertThat(report.missing()).containsExactly("gate");
        assertThat(of(Coverage.of(enforced, List.of()), "BUG-1").held()).isTrue();
    }

    @Test
    void the_default_pack_holds_these_clauses_and_no_others() {
        assertThat(Coverage.of(Bug.PROCEDURE, List.of()).stream()
                        .filter(Coverage.Held::held)
                        .map(it -> it.clause().id()))
                .containsExactly("BUG-2", "BUG-3", "BUG-4", "BUG-5", "BUG-7");
    }

    @Test
    void what_a_module_declares_counts_while_it_runs() {
        var declared = new PlatformControl("DP-2", "platform", "Sign-in", "a test");

        assertThat(of(Coverage.of(Bug.PROCEDURE, List.of(declared)), "DP-2").held())
                .isTrue();
    }
}
