package dev.conduct.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.shell.SystemReading.Reading;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/// What the page about the system says, and what it lets an administrator run.
@ConductTest
class SystemPagesTest {

    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "page");

    private final SystemPages pages;
    private final Ledger ledger;
    private final TestClock clock;

    SystemPagesTest(SystemPages pages, Ledger ledger, TestClock clock) {
        this.pages = pages;
        this.ledger = ledger;
        this.clock = clock;
    }

    @Test
    void every_module_says_how_it_is() {
        var readings = pages.show().groups().stream()
                .flatMap(group -> group.readings().stream())
                .toList();

        assertThat(readings)
                .extracting(Reading::name)
                .contains(
                        "PostgreSQL",
                        "Letters waiting",
                        "Free for data and attachments",
                        "Last checkpoint",
                        "Imports waiting or running");
        assertThat(readings.stream().filter(reading -> reading.name().equals("Entries")))
                .allMatch(reading -> reading.value().matches("[\\d,.\\s\\u2009\\u00a0]+"));
    }

    @Test
    void what_runs_by_the_clock_can_be_run_now_and_that_is_recorded() {
        var job = job("tidy-up-after-sign-ins-and-warn-of-secrets-that-end");

        pages.run(job.id(), ANA, new RedirectAttributesModelMap());

        assertThat(job(job.id()).last()).isEqualTo(clock.instant());
        assertThat(job(job.id()).next()).isAfter(clock.instant());
        assertThat(job(job.id()).trouble()).isNull();
        assertThat(ledger.eventsOf("system:jobs"))
                .extracting(Event::action, event -> event.data().get("job"))
                .contains(Assertions.tuple("job.run", job.id()));
        Assertions.assertThatThrownBy(() -> pages.run("no-such-job", ANA, new RedirectAttributesModelMap()))
                .isInstanceOf(Problem.class);
    }

    private ScheduledWork.Work job(String id) {
        return pages.show().work().stream()
                .filter(work -> work.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
