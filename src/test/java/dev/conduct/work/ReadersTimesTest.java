package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.DateStyle;
import dev.conduct.identity.People;
import dev.conduct.shell.Words;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Whoever reads a record reads its times in a zone of their own.
@ConductTest
class ReadersTimesTest {

    private final RecordDesk desk;
    private final Items items;
    private final People people;
    private final TestClock clock;
    private final Cast cast;
    private final Actor mira;

    ReadersTimesTest(
            RecordDesk desk, Items items, Products products, People people, Accounts accounts, TestClock clock) {
        this.desk = desk;
        this.items = items;
        this.people = people;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.mira = people.actor(
                accounts.add("Mira", cast.product + "@brindlemoor.example", Set.of("qa"), cast.ana)
                        .id(),
                "page");
    }

    @Test
    void the_time_of_evidence_is_told_in_the_zone_of_who_reads_it() {
        var bug = cast.inFix().key();
        items.attest(new Items.Attestation(bug, "local_test", "passed", null, null, null, null, null), cast.tom);
        var told = new Words(ZoneId.of("Asia/Tokyo"), DateStyle.NUMBERS, clock.instant()).dated(clock.instant());

        people.prefer(mira, ZoneId.of("Asia/Tokyo"), DateStyle.NUMBERS);

        assertThat(signals(bug)).anySatisfy(says -> assertThat(says).contains("Tom on " + told));
        people.prefer(mira, null, DateStyle.DAY_FIRST);
        assertThat(signals(bug)).noneSatisfy(says -> assertThat(says).contains(told));
    }

    private Iterable<String> signals(String bug) {
        var reader = people.actor(mira.id(), "page");
        var page = desk.page(bug, Map.of("why", "submit_fix"), reader);
        return Objects.requireNonNull(page.signals()).rows().stream()
                .map(RecordPage.SignalRow::says)
                .toList();
    }
}
