package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.Command;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

/// A newer version of the procedure as a company puts it in: by the API and by the command line, while bugs are under
/// way.
@ConductTest(properties = "test.alone=NewVersionTest")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NewVersionTest {

    private static final String COMMIT = "a1b2c3d4e5f6";
    private final Items items;
    private final Procedures procedures;
    private final Overrides overrides;
    private final Projections projections;
    private final Ledger ledger;
    private final TestClock clock;
    private final Environment environment;
    private final Cast cast;
    private final Api administrator;

    NewVersionTest(
            Items items,
            Products products,
            People people,
            Clients clients,
            Procedures procedures,
            Overrides overrides,
            Projections projections,
            Ledger ledger,
            TestClock clock,
            Environment environment,
            @LocalServerPort int port) {
        this.items = items;
        this.procedures = procedures;
        this.overrides = overrides;
        this.projections = projections;
        this.ledger = ledger;
        this.clock = clock;
        this.environment = environment;
        this.cast = new Cast(items, products, people);
        this.administrator = new Api(port, clients, "administrator");
    }

    /// The pack as it ships, under another name, which calls the state `in_fix` otherwise.
    private static Map<String, String> pack(String version, String inFix, String inFlight) {
        var pack = new TreeMap<String, String>();
        PackFiles.standard()
                .files()
                .forEach((name, bytes) -> pack.put(name, new String(bytes, StandardCharsets.UTF_8)));
        change(pack, "pack.yaml", "version: \"2026.11\"", "version: \"" + version + "\"");
        change(pack, "pack.yaml", "  rule: move\n", inFlight);
        change(pack, "types/bug.yaml", "in_fix", inFix);
        return pack;
    }

    private static void change(Map<String, String> pack, String file, String before, String after) {
        var changed = pack.merge(file, "", (text, nothing) -> text.replace(before, after));
        assertThat(changed).contains(after);
    }

    private String invited(String role) {
        var email = role + clock.instant().toEpochMilli() + "@example.org";
        var answer = administrator.post("/people", Map.of("name", role, "email", email, "roles", List.of(role)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return email;
    }

    private Api.Answer adopt(Map<String, String> pack, Instant effective, String approver) {
        return administrator.post(
                "/procedure/versions",
                Map.of("files", pack, "effective", effective.toString(), "approved_by", approver));
    }

    /// Comments, links and watchers are judged by no rule and name none.
    private List<Event> judged(Item item) {
        return ledger.eventsOf("item:" + item.key()).stream()
                .filter(event -> event.procedure() != null)
                .toList();
    }

    /// The command beside this running server, on its database.
    private Command.Ran conduct(String... arguments) {
        return Command.conduct(environment, arguments);
    }

    private static void write(Map<String, String> pack, Path folder) throws IOException {
        for (var file : pack.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    @Test
    @Order(1)
    void adopted_by_the_api_it_judges_new_work_from_its_date_on_and_leaves_what_is_under_way() {
        var underWay = cast.inFix();
        var effective = clock.instant().plus(Duration.ofDays(3));

        var adopted = adopt(pack("2027.1", "in_fix", "  rule: stay\n"), effective, invited("compliance"));

        assertThat(adopted.status()).as(adopted.response().body()).isEqualTo(201);
        assertThat(adopted.header("Location")).isEqualTo("/api/v1/procedure/versions/2027.1");
        assertThat(adopted.text("effective")).isEqualTo(effective.toString());
        assertThat(adopted.text("adopted_by")).isEqualTo(administrator.actor);
        assertThat(administrator.get("/procedure").text("version")).as("still").isEqualTo("2026.11");
        var early = cast.reported();
        clock.set(effective.minusMillis(1));
        assertThat(cast.reported().procedureVersion()).as("the last moment").isEqualTo("2026.11");
        clock.set(effective);
        assertThat(administrator.get("/procedure").text("version")).isEqualTo("2027.1");
        assertThat(cast.reported().procedureVersion()).isEqualTo("2027.1");
        cast.attest(underWay, "local_test", COMMIT, cast.tom);
        cast.move(underWay, "submit_fix", cast.tom, "fix_commit", COMMIT, "root_cause", "Off by one");
        items.edit(new Items.Edit(early.key(), "Seen again", null, Map.of(), null, null, null), cast.sam);
        assertThat(judged(underWay)).extracting(Event::procedure).containsOnly("2026.11");
        assertThat(judged(early)).extracting(Event::procedure).containsOnly("2026.11");
    }

    @Test
    @Order(2)
    void adopted_by_the_command_line_it_moves_what_is_under_way_by_the_rule_of_its_pack(@TempDir Path folder)
            throws IOException {
        var fixing = cast.inFix();
        var logged = cast.logged();
        var done = cast.reported();
        cast.move(done, "reject", cast.sam, "reason", "rejected");
        var excepted = cast.inFix();
        var asked = overrides.ask(
                new Overrides.Ask(excepted.key(), "submit_fix", "tested_locally", "The test machine is down today."),
                cast.tom);
        var approver = invited("administrator");
        write(pack("2027.2", "fixing", "  rule: move\n  states:\n    bug: {in_fix: fixing}\n"), folder);
        var later = later().plus(Duration.ofHours(30));

        var ran = conduct(
                "procedure", "adopt", folder.toString(), "--effective", later.toString(), "--approved-by", approver);

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("Version 2027.2 judges from " + later + " on, approved by administrator.");
        clock.set(later.minus(Duration.ofMinutes(1)));
        var before = fixing.procedureVersion();
        items.edit(new Items.Edit(fixing.key(), "Nearly", null, Map.of(), null, null, null), cast.tom);
        assertThat(judged(fixing)).extracting(Event::procedure).containsOnly(before);
        clock.set(later.plusSeconds(2));
        awaitVersion("2027.2");
        overrides.expireDue(later.plusSeconds(2));
        assertThat(after(excepted, excepted.procedureVersion()))
                .as("an exception that ends is told of by the version in force then")
                .extracting(Event::action, Event::procedure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("item.migrate", "2027.2"),
                        org.assertj.core.groups.Tuple.tuple("override.expire", "2027.2"));
        assertThat(judged(excepted).getLast().data())
                .containsEntry("override", asked.id().toString());
        assertThat(items.verdicts(fixing.key(), cast.tom))
                .extracting(verdict -> verdict.transition().name())
                .contains("submit_fix");
        cast.attest(fixing, "local_test", COMMIT, cast.tom);
        cast.move(fixing, "submit_fix", cast.tom, "fix_commit", COMMIT, "root_cause", "Off by one");
        items.edit(new Items.Edit(logged.key(), "A better title", null, Map.of(), null, null, null), cast.sam);
        assertThat(after(fixing, before))
                .extracting(Event::action, Event::procedure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("item.migrate", "2027.2"),
                        org.assertj.core.groups.Tuple.tuple("item.attest", "2027.2"),
                        org.assertj.core.groups.Tuple.tuple("item.transition", "2027.2"));
        assertThat(judged(logged).getLast().procedure()).isEqualTo("2027.2");
        assertThat(cast.found(logged.key()).state()).isEqualTo("logged");
        assertThat(judged(done))
                .as("nobody touched it")
                .extracting(Event::procedure)
                .containsOnly(before);
        assertThat(projections.check()).isEmpty();
    }

    private List<Event> after(Item item, String version) {
        return judged(item).stream()
                .filter(event -> !version.equals(event.procedure()))
                .toList();
    }

    /// The command has the machine's own clock.
    private Instant later() {
        var machine = InstantSource.system().instant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        return machine.isAfter(clock.instant()) ? machine : clock.instant();
    }

    /// Another node's adoption is seen within a second.
    private void awaitVersion(String version) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> procedures.at(clock.instant()).version().equals(version));
    }

    @Test
    @Order(3)
    void a_refused_adoption_names_file_and_line_and_leaves_nothing(@TempDir Path folder) throws IOException {
        var approver = invited("project_manager");
        var broken = pack("2027.9", "mending", "  rule: move\n");
        var line = 1 + broken.getOrDefault("pack.yaml", "").lines().toList().indexOf("in_flight:");
        var effective = later().plus(Duration.ofDays(2));

        var unmapped = adopt(broken, effective, approver);

        assertThat(unmapped.status()).isEqualTo(400);
        assertThat(unmapped.json().at("/errors/0/field").asString()).isEqualTo("pack.yaml:" + line);
        assertThat(unmapped.json().at("/errors/0/says").asString()).contains("bug.");
        change(broken, "types/bug.yaml", "to: triaged", "to: triagd");
        var misspelt = adopt(broken, effective, approver);
        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(misspelt.json().at("/errors/0/field").asString()).matches("types/bug\\.yaml:\\d+");
        write(broken, folder);
        var ran = conduct("procedure", "adopt", folder.toString(), "--approved-by", approver);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).containsPattern("types/bug\\.yaml:\\d+: .*triagd.*triaged");
        var byDeveloper = conduct("procedure", "adopt", "procedure", "--approved-by", invited("developer"));
        assertThat(byDeveloper.status()).isEqualTo(1);
        assertThat(byDeveloper.err()).contains("--approved-by: holds none of the roles");
        assertThat(procedures.history()).noneMatch(it -> it.version().equals("2027.9"));
        assertThat(ledger.eventsOf("procedure:2027.9")).isEmpty();
    }

    @Test
    @Order(4)
    void a_version_that_comes_before_one_adopted_already_must_be_known_to_it() {
        var approver = invited("compliance");
        var last = procedures.history().getFirst().version().equals("2027.2") ? "fixing" : "in_fix";
        var far = later().plus(Duration.ofDays(40));
        assertThat(adopt(pack("2028.1", last, "  rule: move\n"), far, approver).status())
                .isEqualTo(201);

        var between = adopt(
                pack("2027.5", "mending", "  rule: move\n  states:\n    bug: {" + last + ": mending}\n"),
                far.minus(Duration.ofDays(10)),
                approver);

        assertThat(between.status()).isEqualTo(400);
        assertThat(between.json().at("/errors/0/says").asString())
                .contains("2028.1")
                .contains("bug.mending");
    }
}
