package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What events say about the rules.
class UseFoldTest {

    private static final Instant NINE = Instant.parse("2026-03-11T09:00:00Z");

    private final Procedure procedure = PackCheck.check(PackFiles.standard()).orThrow();
    private final UseFold fold = new UseFold(version -> procedure, new HashMap<>());
    private long entries;

    private void happens(String action, String via, Outcome outcome, Duration after, Map<String, Object> data) {
        entries++;
        fold.add(new Event(
                entries,
                entries,
                new UUID(0, entries),
                NINE.plus(after),
                NINE.plus(after),
                "person:tom",
                via,
                action,
                "item:APP-1",
                entries,
                outcome,
                "BUG-3",
                procedure.version(),
                data,
                Map.of()));
    }

    private void reported(String via) {
        happens("item.report", via, Outcome.SUCCESS, Duration.ZERO, Map.of("type", "bug"));
    }

    private RuleUse of(String control) {
        return fold.uses.values().stream()
                .filter(use -> use.control().equals(control))
                .reduce(RuleUse::plus)
                .orElse(RuleUse.none("", control));
    }

    @Test
    void a_step_with_everything_counts_each_of_its_gates_as_kept() {
        reported("page");
        happens("item.transition", "page", Outcome.SUCCESS, Duration.ofHours(1), moved("log", "logged"));

        assertThat(of("bug.log.kind_given")).isEqualTo(new RuleUse("BUG-2", "bug.log.kind_given", 1, 0, 0, 0, 0));
        assertThat(of("bug.report.severity_given").percent()).isEqualTo(100);
    }

    @Test
    void a_refusal_counts_the_gates_that_refused_and_moves_nothing() {
        reported("page");
        happens(
                "item.transition",
                "page",
                Outcome.DENIED,
                Duration.ofHours(1),
                Map.of("transition", "log", "from", "reported", "blocked_by", List.of(reason("kind_given", "BUG-2"))));

        assertThat(of("bug.log.kind_given").refused()).isEqualTo(1);
        assertThat(of("bug.log.component_given")).isEqualTo(RuleUse.none("", "bug.log.component_given"));
        assertThat(fold.standings)
                .extractingByKey("APP-1")
                .extracting(UseFold.Standing::state)
                .isEqualTo("reported");
        assertThat(fold.deviations).isEmpty();
    }

    @Test
    void what_was_let_pass_or_excepted_is_a_deviation_and_not_kept() {
        reported("page");
        var data = moved("log", "logged");
        data.put("deviations", List.of(deviation("kind_given", "overridden"), deviation("actual_given", "warn")));
        happens("item.transition", "page", Outcome.SUCCESS, Duration.ofHours(1), data);

        assertThat(of("bug.log.kind_given").overridden()).isEqualTo(1);
        assertThat(of("bug.log.kind_given").percent()).isZero();
        assertThat(of("bug.log.actual_given").letPass()).isEqualTo(1);
        assertThat(of("bug.log.expected_given").kept()).isEqualTo(1);
        assertThat(fold.deviations).extracting(UseFold.Deviation::how).containsExactly("overridden", "warn");
    }

    @Test
    void imported_history_moves_items_and_counts_for_no_rule() {
        reported("import");
        happens("item.transition", "import", Outcome.SUCCESS, Duration.ofHours(2), moved("log", "logged"));

        assertThat(fold.uses).isEmpty();
        assertThat(fold.stays)
                .extracting(UseFold.Stay::state, UseFold.Stay::seconds)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("reported", 7_200L));
    }

    @Test
    void a_clock_that_runs_out_is_counted_for_its_clause() {
        reported("page");
        happens("clock.breach", "scheduler", Outcome.SUCCESS, Duration.ofDays(1), Map.of("clock", "fix"));

        assertThat(of("bug.clock.fix")).isEqualTo(new RuleUse("BUG-3", "bug.clock.fix", 0, 0, 0, 0, 1));
        assertThat(fold.deviations).extracting(UseFold.Deviation::how).containsExactly("overrun");
    }

    private static HashMap<String, Object> moved(String transition, String to) {
        return new HashMap<>(Map.of("transition", transition, "to", to));
    }

    private static Map<String, String> reason(String gate, String clause) {
        return Map.of("gate", gate, "clause", clause, "kind", "field");
    }

    private static Map<String, String> deviation(String gate, String mode) {
        return Map.of("gate", gate, "clause", "BUG-2", "kind", "field", "mode", mode);
    }
}
