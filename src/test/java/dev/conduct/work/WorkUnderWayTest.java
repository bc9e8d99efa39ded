package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.clock.ClockReading;
import dev.conduct.clock.Clocks;
import dev.conduct.identity.People;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What becomes of items when newer versions of the procedure come into force: first one that lets work under way
/// stay, then one that moves it and renames a state, then one that renames it again.
@ConductTest(properties = "test.alone=WorkUnderWayTest")
class WorkUnderWayTest {

    private static final String COMMIT = "a1b2c3d4e5f6";

    private final Items items;
    private final Procedures procedures;
    private final Projections projections;
    private final Ledger ledger;
    private final Clocks clocks;
    private final TestClock clock;
    private final Cast cast;
    private final String first;

    WorkUnderWayTest(
            Items items,
            Products products,
            People people,
            Procedures procedures,
            Projections projections,
            Ledger ledger,
            Clocks clocks,
            TestClock clock) {
        this.items = items;
        this.procedures = procedures;
        this.projections = projections;
        this.ledger = ledger;
        this.clocks = clocks;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.first = procedures.at(clock.instant()).version();
    }

    /// In force an hour from now.
    private void adopt(String version, String inFix, String rule) {
        var files = new TreeMap<>(PackFiles.standard().files());
        replace(files, "pack.yaml", "version: \"" + first + "\"", "version: \"" + version + "\"");
        replace(files, "pack.yaml", "  rule: move\n", rule);
        replace(files, "types/bug.yaml", "in_fix", inFix);
        procedures.adopt(
                new PackFiles(files), clock.instant().plus(Duration.ofHours(1)), cast.ana.id(), "api", cast.lea.id());
    }

    private static void replace(TreeMap<String, byte[]> files, String file, String before, String after) {
        var text = new String(files.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    }

    private Event last(Item item) {
        return ledger.eventsOf("item:" + item.key()).getLast();
    }

    private List<Event> migrations(Item item) {
        return ledger.eventsOf("item:" + item.key()).stream()
                .filter(event -> event.action().equals("item.migrate"))
                .toList();
    }

    private HistoricItem historic(List<HistoricAct> acts) {
        return new HistoricItem(
                "jira",
                "OLD-1",
                cast.product,
                "bug",
                "Brought along",
                "",
                Map.of("severity", "low"),
                null,
                cast.carla.id(),
                Instant.parse("2020-01-01T00:00:00Z"),
                "in_fix",
                "Doing",
                acts);
    }

    @Test
    void work_under_way_stays_or_moves_as_each_newer_version_says() {
        var staying = cast.inFix();
        var resting = cast.inFix();
        var brought = items.history(List.of(historic(List.of())), cast.importer())
                .getFirst()
                .key();

        adopt("2027.1", "in_fix", "  rule: stay\n");
        cast.attest(staying, "local_test", COMMIT, cast.tom);
        assertThat(last(staying).procedure()).as("not yet in force").isEqualTo(first);
        clock.advance(Duration.ofHours(2));
        cast.attest(staying, "local_test", COMMIT, cast.tom);
        assertThat(last(staying).procedure())
                .as("begun under the first, which it stays with")
                .isEqualTo(first);
        var younger = cast.inFix();
        assertThat(younger.procedureVersion()).isEqualTo("2027.1");

        adopt("2027.2", "fixing", "  rule: move\n  states:\n    bug: {in_fix: fixing}\n");
        clock.advance(Duration.ofHours(2));
        var running = clocks.of(staying).stream().map(ClockReading::startedAt).toList();
        assertThat(items.verdicts(staying.key(), cast.tom))
                .as("looking changes nothing")
                .anyMatch(verdict -> verdict.transition().name().equals("submit_fix"));
        assertThat(items.findVisible(staying.key(), cast.ana).state()).isEqualTo("in_fix");
        var refusal = catchThrowableOfType(GateClosed.class, () -> cast.move(younger, "submit_fix", cast.tom));
        assertThat(refusal.status()).isEqualTo(409);
        assertThat(last(younger).outcome()).isEqualTo(Outcome.DENIED);
        assertThat(last(younger).procedure()).isEqualTo("2027.2");
        assertThat(migrations(younger)).as("a refused act moves nothing").isEmpty();

        var moved = cast.move(staying, "submit_fix", cast.tom, "fix_commit", COMMIT, "root_cause", "Off by one");
        assertThat(moved.state()).isEqualTo("in_review");
        assertThat(moved.procedureVersion()).isEqualTo("2027.2");
        assertThat(moved.version())
                .isEqualTo(items.findVisible(staying.key(), cast.ana).version());
        assertThat(migrations(staying)).singleElement().satisfies(event -> {
            assertThat(event.data())
                    .containsEntry("from", "in_fix")
                    .containsEntry("to", "fixing")
                    .containsEntry("from_version", first);
            assertThat(event.objectVersion()).isEqualTo(moved.version() - 1);
        });
        assertThat(items.caseOf(staying.key()).passages())
                .filteredOn(passage -> passage.name().equals("start_fix"))
                .singleElement()
                .satisfies(passage -> assertThat(passage.to()).isEqualTo("fixing"));
        assertThat(clocks.of(items.findVisible(staying.key(), cast.ana)).stream()
                        .map(ClockReading::startedAt))
                .as("no clock begins again")
                .containsExactlyElementsOf(running);
        cast.attest(moved, "review", COMMIT, cast.lea);
        assertThat(cast.move(moved, "approve_review", cast.lea).state()).isEqualTo("in_test");

        adopt("2027.3", "mending", "  rule: move\n  states:\n    bug: {fixing: mending}\n");
        clock.advance(Duration.ofHours(2));
        var edited =
                items.edit(new Items.Edit(resting.key(), "Still there", null, Map.of(), null, null, null), cast.tom);
        assertThat(edited.state()).isEqualTo("mending");
        assertThat(migrations(resting)).extracting(Event::procedure).containsExactly("2027.2", "2027.3");
        var again = items.history(
                        List.of(historic(List.of(
                                new HistoricAct.StateChange(
                                        "1",
                                        Instant.parse("2020-02-01T00:00:00Z"),
                                        cast.tom.id(),
                                        "in_review",
                                        "Review",
                                        Map.of()),
                                new HistoricAct.StateChange(
                                        "2",
                                        Instant.parse("2020-03-01T00:00:00Z"),
                                        cast.lea.id(),
                                        "mending",
                                        "Doing",
                                        Map.of())))),
                        cast.importer())
                .getFirst();
        assertThat(again.reason()).isNull();
        assertThat(again.events()).isEqualTo(4);
        var merged = items.findVisible(String.valueOf(brought), cast.ana);
        assertThat(merged.state()).isEqualTo("mending");
        assertThat(merged.procedureVersion()).isEqualTo("2027.3");
        assertThat(items.caseOf(merged.key()).state()).isEqualTo("mending");
        assertThat(projections.check()).isEmpty();
    }
}
