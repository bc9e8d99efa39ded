package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.PackFiles;
import dev.conduct.support.Drafts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RiskTest {

    private static final Risk DEFAULT =
            Risk.of(PackCheck.check(PackFiles.standard()).orThrow());

    @ParameterizedTest
    @CsvSource({
        "PT15M, PT7M30S",
        "PT30M, PT15M",
        "PT1H, PT30M",
        "PT2H, PT1H",
        "PT4H, PT3H",
        "PT48H, PT36H",
        "PT0S, PT0S"
    })
    void a_clock_is_at_risk_in_its_last_quarter_or_hour_but_no_more_than_half_its_time(
            Duration allowed, Duration after) {
        assertThat(DEFAULT.after(allowed)).isEqualTo(after);
    }

    @Test
    void the_pack_says_so_and_a_version_that_does_not_keeps_what_was_usual() {
        var later = Drafts.named("2027.1")
                .with("parameters.yaml", "kind: percent\n    value: 50", "kind: percent\n    value: 10");

        assertThat(Risk.of(PackCheck.check(later.pack()).orThrow()).after(Duration.ofMinutes(100)))
                .isEqualTo(Duration.ofMinutes(90));
        assertThat(Risk.USUAL.after(Duration.ofMinutes(15))).isEqualTo(Duration.ZERO);
    }
}
