package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.clock.ClockReading.State;
import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The default pack's clocks on real items, with time in the test's hand.
@ConductTest
class RingingTest {

    private static final Set<String> EVERY_ROLE =
            Set.of("project_manager", "qa", "support", "lead_developer", "developer", "administrator");
    private static final Actor PAULA =
            new Actor("person:00000000-0000-7000-8000-00000000c10c", "Paula", EVERY_ROLE, "api");
    private static final Actor HISTORIAN =
            new Actor("person:00000000-0000-7000-8000-00000000c10d", "Hannah", EVERY_ROLE, "import");

    private final Items items;
    private final Products products;
    private final Clocks clocks;
    private final Alarms alarms;
    private final Ledger ledger;
    private final TestClock time;
    private final TransactionTemplate transaction;

    RingingTest(
            Items items,
            Products products,
            Clocks clocks,
            Alarms alarms,
            Ledger ledger,
            TestClock time,
            PlatformTransactionManager transactions) {
        this.items = items;
        this.products = products;
        this.clocks = clocks;
        this.alarms = alarms;
        this.ledger = ledger;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    @BeforeEach
    void there_is_a_product() {
        if (products.find("RING").isEmpty()) {
            products.create("RING", "Ring", PAULA);
        }
    }

    @Test
    void the_most_urgent_deadline_stands_with_the_item() {
        var bug = report("critical", null, PAULA);

        assertThat(items.findVisible(bug.key(), PAULA).dueAt())
                .isEqualTo(time.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void a_clock_warns_breaks_and_escalates_once() {
        var bug = report("critical", null, PAULA);
        var due = time.instant().plus(Duration.ofMinutes(15));

        alarms.ringAll(time.instant());
        assertThat(rung(bug, "acknowledge")).as("not from its first second").isEmpty();
        alarms.ringAll(due.minus(Duration.ofMinutes(7)));
        assertThat(rung(bug, "acknowledge")).containsExactly("clock.warn");
        alarms.ringAll(due);
        assertThat(rung(bug, "acknowledge")).containsExactly("clock.warn");

        time.set(due.plusMillis(1));
        alarms.ringAll(time.instant());
        alarms.ringAll(time.instant());

        assertThat(rung(bug, "acknowledge")).containsExactly("clock.warn", "clock.breach", "clock.escalate");
        assertThat(clock(bug, "acknowledge").state()).isEqualTo(State.OVERRUN);
        var escalation = events(bug)
                .filter(event -> event.action().equals("clock.escalate"))
                .findFirst()
                .orElseThrow();
        assertThat(escalation.data().get("roles")).isEqualTo(List.of("on_call", "project_manager"));
        assertThat(escalation.occurredAt()).isEqualTo(due.plusMillis(1));
    }

    @Test
    void it_says_when_to_look_again() {
        var bug = report("critical", null, PAULA);
        var next = alarms.ringAll(time.instant());

        assertThat(next)
                .isNotNull()
                .isBeforeOrEqualTo(java.util.Objects.requireNonNull(
                                clock(bug, "acknowledge").dueAt())
                        .plusMillis(1));
    }

    @Test
    void two_nodes_that_ring_at_once_ring_each_clock_once() throws Exception {
        var bugs =
                Stream.generate(() -> report("critical", null, PAULA)).limit(12).toList();
        time.advance(Duration.ofHours(5));
        Callable<Boolean> node = () -> {
            alarms.ringAll(time.instant());
            return true;
        };

        try (var nodes = Executors.newFixedThreadPool(3)) {
            for (var done : nodes.invokeAll(List.of(node, node, node))) {
                assertThat(done.get()).isTrue();
            }
        }
        time.advance(Duration.ofSeconds(2));
        alarms.ringAll(time.instant());

        for (var bug : bugs) {
            assertThat(rung(bug, "fix")).containsExactly("clock.warn", "clock.breach", "clock.escalate");
        }
    }

    @Test
    void an_item_that_somebody_is_changing_is_rung_afterwards() {
        var bug = report("critical", null, PAULA);
        var late = time.advance(Duration.ofMinutes(16));

        transaction.executeWithoutResult(changing -> {
            items.edit(new Items.Edit(bug.key(), "Nothing rings at all", null, Map.of(), null, null, null), PAULA);
            try (var node = Executors.newSingleThreadExecutor()) {
                node.submit(() -> alarms.ringAll(late));
            }
            assertThat(rung(bug, "acknowledge")).isEmpty();
        });
        alarms.ringAll(time.advance(Duration.ofSeconds(2)));

        assertThat(rung(bug, "acknowledge")).containsExactly("clock.warn", "clock.breach", "clock.escalate");
    }

    @Test
    void nobody_is_told_of_the_past_that_an_import_brings() {
        var longAgo = time.instant().minus(Duration.ofDays(400));
        var bug = report("critical", longAgo, HISTORIAN);

        alarms.ringAll(time.instant());

        assertThat(clock(bug, "fix").state()).isEqualTo(State.OVERRUN);
        assertThat(clock(bug, "fix").breachAt())
                .isEqualTo(longAgo.plus(Duration.ofHours(4)).plusMillis(1));
        assertThat(rung(bug, "fix")).isEmpty();
    }

    @Test
    void what_lies_ahead_of_an_imported_bug_is_told_as_usual() {
        var bug = report("high", time.instant().minus(Duration.ofHours(30)), HISTORIAN);

        alarms.ringAll(time.instant());
        assertThat(rung(bug, "fix")).isEmpty();
        time.advance(Duration.ofHours(18).plusMillis(1));
        alarms.ringAll(time.instant());

        assertThat(rung(bug, "fix")).containsExactly("clock.breach", "clock.escalate");
    }

    @Test
    void an_event_that_becomes_known_late_gives_the_clock_it_would_have_given_in_time() {
        var start = time.instant();
        var late = report("high", start, HISTORIAN);
        var inTime = report("high", start, HISTORIAN);
        time.advance(Duration.ofHours(2));
        prioritise(inTime, "critical", time.instant());
        time.advance(Duration.ofHours(3));
        prioritise(inTime, "medium", time.instant());
        prioritise(late, "medium", time.instant());
        prioritise(late, "critical", start.plus(Duration.ofHours(2)));

        assertThat(face(clock(late, "fix"))).isEqualTo(face(clock(inTime, "fix")));
        assertThat(items.findVisible(late.key(), PAULA).dueAt())
                .isEqualTo(items.findVisible(inTime.key(), PAULA).dueAt());
    }

    private Item report(String severity, @Nullable Instant at, Actor actor) {
        return items.report(
                new Items.Report(
                        "bug",
                        "RING",
                        "Nothing rings",
                        "It should ring.",
                        Map.of("severity", severity, "steps", "1. Wait", "expected", "A ring", "actual", "None"),
                        null,
                        at),
                actor);
    }

    private void prioritise(Item bug, String priority, Instant at) {
        items.edit(new Items.Edit(bug.key(), null, null, Map.of("priority", priority), null, null, at), HISTORIAN);
    }

    private ClockReading clock(Item bug, String name) {
        return clocks.of(bug.key(), PAULA).stream()
                .filter(reading -> reading.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<@Nullable Object> face(ClockReading reading) {
        var face = new ArrayList<@Nullable Object>();
        face.add(reading.state());
        face.add(reading.elapsed());
        face.add(reading.dueAt());
        face.add(reading.breachAt());
        face.add(reading.segments());
        return face;
    }

    private List<String> rung(Item bug, String clock) {
        return events(bug)
                .filter(event -> event.action().startsWith("clock."))
                .filter(event -> clock.equals(event.data().get("clock")))
                .map(Event::action)
                .toList();
    }

    private Stream<Event> events(Item bug) {
        return ledger.eventsOf("item:" + bug.key()).stream();
    }
}
