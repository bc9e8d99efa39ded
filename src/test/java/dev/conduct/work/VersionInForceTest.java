package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.clock.Alarms;
import dev.conduct.clock.Clocks;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/// What a version that comes into force makes of bugs that nobody touches: first what is seen of them, then what is
/// recorded, then a version that lets them stay.
@ConductTest(properties = "test.alone=VersionInForceTest")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VersionInForceTest {

    private static final String COMMIT = "a1b2c3d4e5f6";

    private final Items items;
    private final Procedures procedures;
    private final Projections projections;
    private final Migrations migrations;
    private final Door door;
    private final ItemRows rows;
    private final Ledger ledger;
    private final Clocks clocks;
    private final Alarms alarms;
    private final RecordDesk desk;
    private final RecordPages pages;
    private final TestClock clock;
    private final Cast cast;
    private final Api api;

    VersionInForceTest(
            Items items,
            Products products,
            People people,
            Clients clients,
            Procedures procedures,
            Projections projections,
            Migrations migrations,
            Door door,
            ItemRows rows,
            Ledger ledger,
            Clocks clocks,
            Alarms alarms,
            RecordDesk desk,
            RecordPages pages,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.procedures = procedures;
        this.projections = projections;
        this.migrations = migrations;
        this.door = door;
        this.rows = rows;
        this.ledger = ledger;
        this.clocks = clocks;
        this.alarms = alarms;
        this.desk = desk;
        this.pages = pages;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.api = new Api(port, clients, "qa");
    }

    /// High bugs are to be fixed within so many hours, aimed at in half of them.
    private void adopt(String version, int hours, String rule, Instant effective, Function<String, String> bugs) {
        var files = new TreeMap<>(PackFiles.standard().files());
        change(files, "pack.yaml", text -> replaced(text, "version: \"2026.11\"", "version: \"" + version + "\""));
        change(files, "pack.yaml", text -> replaced(text, "  rule: move\n", rule));
        change(files, "parameters.yaml", text -> valued(text, "fix_high_hard", "48 h", hours + " h"));
        change(files, "parameters.yaml", text -> valued(text, "fix_high_soft", "24 h", hours / 2 + " h"));
        change(files, "types/bug.yaml", bugs);
        procedures.adopt(new PackFiles(files), effective, cast.ana.id(), "api", cast.lea.id());
    }

    private static void change(Map<String, byte[]> files, String file, Function<String, String> change) {
        files.computeIfPresent(
                file,
                (name, bytes) ->
                        change.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
    }

    private static String replaced(String text, String before, String after) {
        assertThat(text).containsOnlyOnce(before);
        return text.replace(before, after);
    }

    private static String valued(String text, String parameter, String before, String after) {
        var at = text.indexOf("  " + parameter + ":");
        var value = text.indexOf("value: " + before, at);
        assertThat(value - at).isBetween(0, 300);
        return text.substring(0, value) + "value: " + after + text.substring(value + 7 + before.length());
    }

    /// A fix is submitted with its risk, which may be thought over while it is made.
    private static String askingForRisk(String bugs) {
        var fielded = replaced(
                bugs,
                "fields:\n  severity:\n",
                "fields:\n  risk: {title: Risk, kind: line, help: What could break.}\n  severity:\n");
        var asked = replaced(fielded, "asks: [fix_commit, root_cause]", "asks: [fix_commit, root_cause, risk]");
        var gated = replaced(
                asked,
                "      fix_commit_given:\n",
                "      risk_given: {title: Risk, clause: BUG-4, field: risk, says: The risk is not named., fix: Name it.}\n"
                        + "      fix_commit_given:\n");
        return replaced(
                gated,
                "  submit_fix:\n    title",
                "  reconsider: {title: Reconsider the risk, from: [in_fix], act: true, roles: [developer], asks: [risk],"
                        + " clause: BUG-4}\n  submit_fix:\n    title");
    }

    private void moveAll(Migrations by) {
        while (clock.instant().equals(by.moveDue(clock.instant()))) {
            // some at a time
        }
    }

    private List<Event> events(Item item, String action) {
        return ledger.eventsOf("item:" + item.key()).stream()
                .filter(event -> event.action().equals(action))
                .toList();
    }

    private Instant fixDue(Item item) {
        return clocks.of(item.key(), cast.quinn).stream()
                .filter(reading -> reading.name().equals("fix"))
                .findFirst()
                .map(reading -> Objects.requireNonNull(reading.dueAt()))
                .orElseThrow();
    }

    private String fixDueByApi(Item item) {
        return api.get("/items/" + item.key() + "/clocks")
                .json()
                .valueStream()
                .filter(one -> one.get("name").stringValue().equals("fix"))
                .findFirst()
                .orElseThrow()
                .get("due_at")
                .stringValue();
    }

    private String listed(Item item) {
        return api.get("/items?q=product:" + cast.product + "&limit=100")
                .json()
                .get("items")
                .valueStream()
                .filter(one -> one.get("key").stringValue().equals(item.key()))
                .findFirst()
                .orElseThrow()
                .get("due_at")
                .stringValue();
    }

    private String panels(Item item) {
        var out = new StringOutput();
        desk.page(item.key(), Map.of(), cast.tom).panels().forEach(panel -> panel.writeTo(out));
        return out.toString();
    }

    private List<String> asked(Item item, String transition) {
        return Objects.requireNonNull(desk.page(item.key(), Map.of("move", transition), cast.tom)
                        .form())
                .inputs()
                .stream()
                .map(FormView.Input::name)
                .toList();
    }

    @Test
    @Order(1)
    void bugs_that_nobody_touches_go_by_it_from_its_moment_on() throws Exception {
        var begun = clock.instant();
        var old = cast.inFix();
        var rejected = cast.reported();
        cast.move(rejected, "reject", cast.sam, "reason", "rejected");
        clock.set(begun.plus(Duration.ofHours(20)));
        var young = cast.inFix();
        var more = new ArrayList<Item>();
        for (var number = 0; number < 5; number++) {
            more.add(cast.reported());
        }
        var touched = cast.found(young.key()).updatedAt();
        var effective = begun.plus(Duration.ofHours(30));
        adopt("2027.1", 24, "  rule: move\n", effective, VersionInForceTest::askingForRisk);

        clock.set(effective.minusMillis(1));
        alarms.ringAll(clock.instant());
        assertThat(migrations.moveDue(clock.instant())).isEqualTo(effective);
        assertThat(fixDue(young)).isEqualTo(begun.plus(Duration.ofHours(68)));
        assertThat(listed(young)).isEqualTo(begun.plus(Duration.ofHours(68)).toString());
        assertThat(asked(young, "submit_fix")).doesNotContain("risk");

        clock.set(effective);
        var due = begun.plus(Duration.ofHours(44));
        assertThat(cast.found(young.key()).procedureVersion())
                .as("not recorded yet")
                .isEqualTo("2026.11");
        assertThat(fixDue(young)).as("but seen").isEqualTo(due);
        assertThat(fixDueByApi(young)).isEqualTo(due.toString());
        assertThat(panels(young)).contains("at most 24 h").doesNotContain("at most 48 h");
        assertThat(api.get("/items/" + young.key()).text("procedure_version")).isEqualTo("2027.1");
        assertThat(asked(young, "submit_fix")).contains("risk");
        assertThat(asked(young, "reconsider")).contains("risk");
        assertThat(desk.page(young.key(), Map.of(), cast.tom).moves().acts())
                .anyMatch(act -> act.name().equals("reconsider"));

        var another = new Migrations(door, rows, procedures);
        try (var nodes = Executors.newFixedThreadPool(2)) {
            Callable<Boolean> one = () -> {
                moveAll(migrations);
                return true;
            };
            Callable<Boolean> other = () -> {
                moveAll(another);
                return true;
            };
            for (var done : nodes.invokeAll(List.of(one, other))) {
                assertThat(done.get()).isTrue();
            }
        }
        alarms.ringAll(clock.instant());

        more.addAll(List.of(old, young));
        for (var bug : more) {
            assertThat(events(bug, "item.migrate"))
                    .as("once on two nodes")
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.procedure()).isEqualTo("2027.1");
                        assertThat(event.occurredAt()).isEqualTo(effective);
                    });
        }
        assertThat(events(rejected, "item.migrate")).as("ended").isEmpty();
        assertThat(cast.found(rejected.key()).procedureVersion()).isEqualTo("2026.11");
        var now = cast.found(young.key());
        assertThat(now.procedureVersion()).isEqualTo("2027.1");
        assertThat(now.dueAt()).isEqualTo(due);
        assertThat(now.updatedAt()).as("nobody touched it").isEqualTo(touched);
        assertThat(listed(young)).isEqualTo(due.toString());
        assertThat(fixDue(young)).isEqualTo(due);
        assertThat(events(young, "clock.breach")).isEmpty();
        assertThat(events(old, "clock.breach")).singleElement().satisfies(event -> {
            assertThat(event.occurredAt()).as("no earlier than the rule").isEqualTo(effective);
            assertThat(event.data())
                    .containsEntry(
                            "due_at",
                            begun.plus(Duration.ofHours(24)).toString().replace("Z", ".000Z"));
        });
        clock.set(due.plusMillis(1));
        alarms.ringAll(clock.instant());
        alarms.ringAll(clock.instant());
        assertThat(events(young, "clock.breach"))
                .singleElement()
                .satisfies(event -> assertThat(event.occurredAt()).isEqualTo(due.plusMillis(1)));
        assertThat(projections.check()).isEmpty();
    }

    @Test
    @Order(2)
    void what_its_form_asks_is_taken_by_the_first_act_too() {
        var bug = cast.inFix();
        cast.attest(bug, "local_test", COMMIT, cast.tom);
        var effective = clock.instant().plus(Duration.ofHours(1));
        adopt(
                "2027.2",
                20,
                "  rule: move\n",
                effective,
                text -> askingForRisk(text).replace("risk", "danger").replace("Risk", "Danger"));
        clock.set(effective);

        var sent = pages.move(
                bug.key(),
                "submit_fix",
                Map.of("transition", "submit_fix", "fix_commit", COMMIT, "root_cause", "Off by one", "danger", "None"),
                cast.tom,
                new RedirectAttributesModelMap());

        assertThat(sent).isEqualTo("redirect:/items/" + bug.key());
        assertThat(cast.found(bug.key()).fields()).containsEntry("danger", "None");
        moveAll(migrations);
        assertThat(events(bug, "item.migrate"))
                .as("taken along by the act")
                .extracting(Event::procedure)
                .containsExactly("2027.2");
        assertThat(projections.check()).isEmpty();
    }

    @Test
    @Order(3)
    void bugs_that_stay_keep_their_version_and_their_time() {
        var bug = cast.inFix();
        var before = cast.found(bug.key());
        var effective = clock.instant().plus(Duration.ofHours(1));
        adopt("2027.3", 6, "  rule: stay\n", effective, text -> text);
        clock.set(effective.plusSeconds(11));

        assertThat(migrations.moveDue(clock.instant())).as("nothing to come").isNull();

        assertThat(cast.found(bug.key())).isEqualTo(before);
        assertThat(fixDue(bug)).isEqualTo(before.dueAt());
        assertThat(listed(bug)).isEqualTo(String.valueOf(before.dueAt()));
        assertThat(events(bug, "item.migrate")).isEmpty();
        assertThat(asked(bug, "submit_fix")).isEqualTo(asked(before, "submit_fix"));
        assertThat(fixDue(cast.reported()))
                .as("new work goes by it")
                .isEqualTo(clock.instant().plus(Duration.ofHours(6)));
        assertThat(projections.check()).isEmpty();
    }

    @Test
    @Order(4)
    void what_fell_in_the_middle_goes_on() {
        var bugs = new ArrayList<Item>();
        for (var number = 0; number < Migrations.AT_ONCE + 5; number++) {
            bugs.add(cast.reported());
        }
        var effective = clock.instant().plus(Duration.ofHours(1));
        adopt("2027.4", 12, "  rule: move\n", effective, text -> text);
        clock.set(effective);
        door.through(() -> {
            door.migrate(List.of(rows.lockIfFree(bugs.getFirst().key()).orElseThrow()));
            return true;
        });

        moveAll(new Migrations(door, rows, procedures));

        assertThat(bugs).allSatisfy(bug -> {
            assertThat(events(bug, "item.migrate")).hasSize(1);
            assertThat(cast.found(bug.key()).procedureVersion()).isEqualTo("2027.4");
            assertThat(fixDue(bug)).isEqualTo(bug.createdAt().plus(Duration.ofHours(12)));
        });
        assertThat(projections.check()).isEmpty();
    }
}
