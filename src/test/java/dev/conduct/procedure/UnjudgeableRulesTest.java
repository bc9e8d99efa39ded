package dev.conduct.procedure;

import static dev.conduct.procedure.Bug.PROCEDURE;
import static dev.conduct.procedure.Bug.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.SimpleType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is not shown to be clear is not clear.
class UnjudgeableRulesTest {

    /// The default procedure, where one gate is asked only when something is true that nothing tells.
    private static Procedure askedWhenUnknown(String gate) {
        var unknown = new RuleLanguage(Map.of("nothing.told", SimpleType.STRING))
                .compile("nothing.told == 'x'", SimpleType.BOOL)
                .rule();
        var rules = new HashMap<String, Rules.OfGate>();
        Objects.requireNonNull(PROCEDURE.types().get("bug"))
                .transitions()
                .values()
                .forEach(transition -> transition
                        .gates()
                        .forEach(one -> rules.put(one.name(), PROCEDURE.rules().of("bug", one.name()))));
        rules.computeIfPresent(gate, (name, rule) -> new Rules.OfGate(unknown, rule.rule(), rule.people()));
        return new Procedure(
                PROCEDURE.title(),
                PROCEDURE.version(),
                PROCEDURE.hash(),
                PROCEDURE.effective(),
                PROCEDURE.approvedBy(),
                PROCEDURE.clauses(),
                PROCEDURE.parameters(),
                PROCEDURE.roles(),
                PROCEDURE.calendars(),
                PROCEDURE.schedules(),
                PROCEDURE.evidenceKinds(),
                PROCEDURE.types(),
                PROCEDURE.inFlight(),
                new Rules(Map.of("bug", rules)));
    }

    @Test
    void a_gate_whose_condition_cannot_be_judged_is_asked() {
        var bug = Bug.inReview().asCase();
        var attempt = new Case.Attempt(
                "approve_review",
                RITA,
                Set.of("lead_developer"),
                bug.fields(),
                bug.assignee(),
                Instant.parse("2026-11-24T08:00:00Z"));

        var verdict = Gates.judge(askedWhenUnknown("reviewed_by_another"), bug, attempt);

        assertThat(verdict.blockedBy()).extracting(Reason::gate).containsExactly("reviewed_by_another");
    }

    @Test
    void sums_of_numbers_are_refused_and_sums_of_lists_and_moments_are_not() {
        var language = new RuleLanguage(Map.of(
                "item.size", SimpleType.INT,
                "people.one", RuleLanguage.WORDS,
                "now", SimpleType.TIMESTAMP,
                "parameter.window", SimpleType.DURATION));

        assertThat(faults(language, "item.size + item.size > 3")).isNotEmpty();
        assertThat(faults(language, "item.size - 1 > 3")).isNotEmpty();
        assertThat(faults(language, "item.size > 1 + 2")).isEmpty();
        assertThat(faults(language, "'a' in people.one + people.one")).isEmpty();
        assertThat(faults(language, "now > now + parameter.window")).isEmpty();
    }

    private static List<RuleLanguage.Fault> faults(RuleLanguage language, String rule) {
        return language.compile(rule, SimpleType.BOOL).faults();
    }
}
