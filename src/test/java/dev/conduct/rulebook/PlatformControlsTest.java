package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.PlatformControl;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/// What the running server claims of the clauses beyond the lines of work.
@ConductTest
class PlatformControlsTest {

    private final Procedures procedures;
    private final List<PlatformControl> platform;
    private final dev.conduct.support.TestClock clock;
    private final ApplicationContext context;

    PlatformControlsTest(
            Procedures procedures,
            List<PlatformControl> platform,
            dev.conduct.support.TestClock clock,
            ApplicationContext context) {
        this.procedures = procedures;
        this.platform = platform;
        this.clock = clock;
        this.context = context;
    }

    @Test
    void the_platform_claims_what_its_modules_do_and_no_more() {
        assertThat(platform)
                .extracting(control -> control.clause() + " " + control.kind())
                .containsExactlyInAnyOrder(
                        "DP-2 platform",
                        "CMP-2 platform",
                        "DEV-3 fact",
                        "DEV-4 record",
                        "DEV-4 duty",
                        "IT-1 record",
                        "IT-2 record",
                        "IT-3 fact",
                        "IT-6 record",
                        "IT-7 record",
                        "IT-7 fact",
                        "IT-9 record",
                        "IT-9 fact",
                        "UAT-1 record",
                        "UAT-2 record",
                        "UAT-3 record",
                        "UAT-3 role");
    }

    @Test
    void held_are_clauses_of_the_bug_line_and_those_that_want_nothing_else() {
        var held = Coverage.of(procedures.at(clock.instant()), platform).stream()
                .filter(Coverage.Held::held)
                .map(it -> it.clause().id())
                .toList();
        var whole = List.of("DP-2", "CMP-2", "DEV-3", "IT-1", "IT-9", "UAT-3");

        assertThat(held).containsAll(whole);
        assertThat(held).allMatch(id -> id.startsWith("BUG-") || whole.contains(id));
        assertThat(held).doesNotContain("BUG-6");
    }

    @Test
    void each_claim_names_a_test_that_there_is() {
        assertThat(platform)
                .allSatisfy(
                        control -> assertThat(Class.forName(control.checked()).getSimpleName())
                                .endsWith("Test"));
    }

    @Test
    void a_demo_does_not_claim_two_factors() {
        var declaring = ClassUtils.getUserClass(Objects.requireNonNull(context.getType("signInControl")));

        new ApplicationContextRunner()
                .withUserConfiguration(declaring)
                .withPropertyValues("conduct.demo=true")
                .run(demo -> assertThat(demo).doesNotHaveBean(PlatformControl.class));
        new ApplicationContextRunner()
                .withUserConfiguration(declaring)
                .run(company -> assertThat(company).hasSingleBean(PlatformControl.class));
    }
}
