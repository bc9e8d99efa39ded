package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.conduct.conformance.Replay;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.identity.SetUp;
import dev.conduct.importer.ImportFormat;
import dev.conduct.importer.Imports;
import dev.conduct.importer.LossAccount;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Staff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;

/// A pack of another line, in another language, with none of the names of the pack we ship: the platform knows what it
/// needs by what the pack declares.
@ConductTest(properties = {"test.alone=SecondPackTest", "conduct.procedure=src/test/resources/procedure/wartung"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecondPackTest {

    private final Clients clients;
    private final People people;
    private final Imports imports;
    private final Items items;
    private final SetUp setUp;
    private final Projections projections;
    private final Procedures procedures;
    private final Replay replay;
    private final MockMvc pages;
    private final JwtDecoder tokens;
    private final int port;
    private final Api leitung;
    private final Api disposition;
    private final Api technik;

    SecondPackTest(
            Clients clients,
            People people,
            Imports imports,
            Items items,
            SetUp setUp,
            Projections projections,
            Procedures procedures,
            Replay replay,
            MockMvc pages,
            JwtDecoder tokens,
            @LocalServerPort int port) {
        this.clients = clients;
        this.people = people;
        this.imports = imports;
        this.items = items;
        this.setUp = setUp;
        this.projections = projections;
        this.procedures = procedures;
        this.replay = replay;
        this.pages = pages;
        this.tokens = tokens;
        this.port = port;
        this.leitung = new Api(port, clients, "leitung");
        this.disposition = new Api(port, clients, "disposition");
        this.technik = new Api(port, clients, "technik");
    }

    @Test
    @Order(1)
    void the_first_person_holds_the_role_that_runs_the_installation() throws Exception {
        var link = setUp.link("http://localhost").orElseThrow();

        pages.perform(post("/setup")
                        .param("token", link.substring(link.indexOf("token=") + 6))
                        .param("company", "Werk Nord")
                        .param("name", "Ida Leit")
                        .param("email", "ida@example.org")
                        .param("password", "nine calm otters drift by")
                        .with(csrf()))
                .andReturn();

        assertThat(people.resolve("ida@example.org").orElseThrow().roles()).containsExactly("leitung");
    }

    @Test
    @Order(2)
    void what_the_platform_lets_somebody_do_is_granted_by_the_pack() {
        assertThat(leitung.get("/people").status()).isEqualTo(200);
        assertThat(technik.get("/people").status()).isEqualTo(403);
        assertThat(technik.post("/products", Map.of("key", "HALLE", "name", "Halle"))
                        .status())
                .isEqualTo(403);
        assertThat(disposition
                        .post("/products", Map.of("key", "HALLE", "name", "Halle"))
                        .status())
                .isEqualTo(201);
        assertThat(disposition
                        .post("/products/HALLE/components", Map.of("name", "Kran", "critical", true))
                        .status())
                .isEqualTo(201);
        assertThat(new Api(port, clients, "aufsicht")
                        .get("/ledger/entries?from=0")
                        .status())
                .isEqualTo(200);
        assertThat(technik.get("/ledger/entries?from=0").status()).isEqualTo(403);
    }

    @Test
    @Order(3)
    void its_line_is_gone_through_and_its_fields_are_found_by_their_names() {
        var key = reported("Kran klemmt", "bald");
        var later = reported("Licht flackert", "spaeter");
        assertThat(move(disposition, key, "verteilen", Map.of("rang", "eins")).text("code"))
                .isEqualTo("gate_closed");

        assertThat(move(disposition, key, "verteilen", Map.of("rang", "eins", "anlage", "Kran"))
                        .status())
                .isEqualTo(200);
        assertThat(move(technik, key, "melden", Map.of("befund", "Seil getauscht"))
                        .status())
                .isEqualTo(200);
        var abnahme = new Api(port, clients, "abnahme");
        abnahme.post("/items/" + key + "/evidence", Map.of("kind", "probelauf", "verdict", "gelungen"));
        assertThat(move(abnahme, key, "abnehmen", Map.of()).text("state")).isEqualTo("abgenommen");

        assertThat(found("rang:eins anlage:Kran")).containsExactly(key);
        assertThat(found("dringlichkeit:bald,sofort")).containsExactly(key);
        assertThat(found("sort:priority")).as("the most urgent first").containsExactly(key, later);
        assertThat(disposition.find("rang:vier").json().at("/errors/0/says").asString())
                .contains("`vier`");
        assertThat(disposition.find("ranng:eins").json().at("/errors/0/says").asString())
                .contains("rang");
    }

    @Test
    @Order(4)
    void who_repaired_a_part_is_offered_for_it_next() {
        var known = people.known("werk", "toni", "Toni Tech");
        Staff.hire(people, known.id());
        var toni = new Actor(known.id(), "Toni Tech", Set.of("technik"), "page");
        var done = reported("Kran quietscht", "sofort");
        move(disposition, done, "verteilen", Map.of("anlage", "Kran"));
        items.move(new Items.Move(done, "melden", Map.of(), null, null, null, null), toni);
        var next = reported("Kran ruckt", "sofort");
        move(disposition, next, "verteilen", Map.of("anlage", "Kran"));

        var suggested = disposition.get("/items/" + next + "/suggestions").json();

        assertThat(suggested.findValuesAsString("id")).contains(toni.id());
        assertThat(suggested.at("/0/because").asString()).startsWith("Repaired 1 auftrag in Kran");
        assertThat(disposition.get("/items/" + next + "/clocks").response().body())
                .contains("frist");
    }

    @Test
    @Order(5)
    void its_pages_carry_its_words_and_none_of_ours() throws Exception {
        var key = reported("Tor hängt", "sofort");

        for (var path : List.of(
                "/me",
                "/lines/auftrag",
                "/lines/auftrag/board",
                "/lines/auftrag/new",
                "/items/" + key,
                "/admin/products",
                "/palette?q=tor",
                "/procedure")) {
            var page = page(path);
            assertThat(page).as(path).doesNotContainIgnoringCase(">bug").doesNotContain("/lines/bug");
        }
        assertThat(page("/me")).contains("/lines/auftrag/new").contains("Aufträge");
        assertThat(page("/lines/auftrag")).contains("Dringlichkeit").contains("class=\"sev critical\"");
        assertThat(page("/items/" + key)).contains("class=\"sev critical\"").contains("Sofort");
        assertThat(page("/find?q=Tor")).contains("/items/" + key).doesNotContain("/lines/bug");
    }

    @Test
    @Order(6)
    void an_import_asks_for_every_word_its_line_does_not_know(@TempDir Path folder) throws Exception {
        var issue = Files.writeString(folder.resolve("alt.json"), """
                {"issues": [{"key": "ALT-1", "fields": {
                    "summary": "Pumpe tropft", "status": {"name": "Closed"}, "resolution": {"name": "Duplicate"},
                    "priority": {"name": "Blocker"}, "components": [{"name": "Pumpe"}],
                    "created": "2026-01-05T08:00:00.000+0000", "updated": "2026-01-05T08:00:00.000+0000"}}]}
                """);

        var asked = imported(issue, "");
        var answered = imported(issue, """
                states: {Closed: abgenommen}
                resolutions: {Duplicate: abgelehnt/doppelt}
                values: {priority: {Blocker: eins}}
                """);

        assertThat(asked.unmapped()).containsOnlyKeys("priority", "resolution", "state");
        assertThat(answered.imported()).as(answered.reasons().toString()).isEqualTo(1);
        assertThat(found("rang:eins anlage:Pumpe state:abgelehnt")).hasSize(1);
    }

    @Test
    @Order(7)
    void its_tables_are_rebuilt_to_the_same_bytes_and_its_history_is_judged_again() {
        assertThat(projections.check()).isEmpty();

        var replayed = replay.by(procedures.version("W.1"), new Replay.Range(null, null, null));
        assertThat(replayed.toString()).isNotBlank();
    }

    private String reported(String title, String dringlichkeit) {
        var answer = technik.post(
                "/items",
                Map.of(
                        "type",
                        "auftrag",
                        "product",
                        "HALLE",
                        "title",
                        title,
                        "fields",
                        Map.of("dringlichkeit", dringlichkeit)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.text("key");
    }

    private static Api.Answer move(Api who, String key, String transition, Map<String, Object> fields) {
        return who.post("/items/" + key + "/transitions", Map.of("transition", transition, "fields", fields));
    }

    private List<String> found(String query) {
        return disposition.find(query).json().get("items").findValuesAsString("key");
    }

    private LossAccount imported(Path file, String mapping) {
        return imports.run(
                new Imports.Order(
                        ImportFormat.JIRA,
                        "HALLE",
                        List.of(new Imports.Source("alt.json", file)),
                        List.of(new Imports.Overlay("mapping", mapping))),
                people.actor(disposition.actor, "api"));
    }

    private String page(String path) throws Exception {
        var client = new JwtAuthenticationToken(
                tokens.decode(disposition.token),
                List.of(FactorGrantedAuthority.fromAuthority("FACTOR_BEARER")),
                disposition.actor);
        return pages.perform(get(path).with(authentication(client)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
