package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import dev.conduct.work.NextSignals.NextSignal;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What a list says of each record without opening it.
@ConductTest
class NextSignalsTest {

    private static final String COMMIT = "4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b";

    private final NextSignals signals;
    private final Cast cast;

    NextSignalsTest(NextSignals signals, Items items, Products products, People people) {
        this.signals = signals;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void one_that_holds_is_named_and_several_are_counted() {
        assertThat(of(cast.inReview(COMMIT))).isEqualTo(new NextSignal("stop", "Peer review"));
        assertThat(of(cast.inFix())).isEqualTo(new NextSignal("stop", "3 of 3"));
    }

    @Test
    void a_free_way_is_clear_whoever_looks() {
        var bug = cast.approved(COMMIT);
        cast.attest(bug, "deployment", COMMIT, cast.ruth);
        cast.attest(bug, "acceptance", COMMIT, cast.quinn);
        cast.attest(bug, "feedback", COMMIT, cast.quinn);

        assertThat(of(cast.found(bug.key()))).isEqualTo(new NextSignal("clear", "Clear"));
    }

    private NextSignal of(Item item) {
        return Objects.requireNonNull(signals.of(List.of(item)).get(item.key()));
    }
}
