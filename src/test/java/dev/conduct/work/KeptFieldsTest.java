package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.Rotations;
import dev.conduct.ledger.Bundles;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerCheck;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;

/// What a pack marks personal or secret is read by who may and asks for it, each reading recorded, and stands in the
/// clear nowhere: in no table, list, search, export, event or proof.
@ConductTest(
        properties = {
            "test.alone=KeptFieldsTest",
            "conduct.scheduling=false",
            "conduct.procedure=src/test/resources/procedure/wartung"
        })
class KeptFieldsTest {

    private static final String ADDRESS = "karla.kunde@example.org";
    private static final String SECRET = "schluessel-4711";

    private final Accounts accounts;
    private final People people;
    private final Erasures erasures;
    private final Items items;
    private final Projections projections;
    private final Ledger ledger;
    private final LedgerCheck check;
    private final Bundles bundles;
    private final Rotations rotations;
    private final Procedures procedures;
    private final LedgerFixture fixture;
    private final MockMvc pages;
    private final JwtDecoder tokens;
    private final Api disposition;
    private final Api technik;
    private final Api aufsicht;

    KeptFieldsTest(
            Accounts accounts,
            People people,
            Erasures erasures,
            Items items,
            Projections projections,
            Ledger ledger,
            LedgerCheck check,
            Bundles bundles,
            Rotations rotations,
            Procedures procedures,
            Environment environment,
            Clients clients,
            MockMvc pages,
            JwtDecoder tokens,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.people = people;
        this.erasures = erasures;
        this.items = items;
        this.projections = projections;
        this.ledger = ledger;
        this.check = check;
        this.bundles = bundles;
        this.rotations = rotations;
        this.procedures = procedures;
        this.fixture = new LedgerFixture(environment);
        this.pages = pages;
        this.tokens = tokens;
        this.disposition = new Api(port, clients, "disposition");
        this.technik = new Api(port, clients, "technik");
        this.aufsicht = new Api(port, clients, "aufsicht");
    }

    @Test
    void it_is_kept_apart_read_by_who_may_found_by_its_address_and_erased_with_its_person() throws Exception {
        disposition.post("/products", Map.of("key", "KEPT", "name", "Kept"));
        var key = reported();

        // Where it does not stand.
        assertThat(traces()).isEmpty();
        for (var answer : List.of(
                technik.get("/items/" + key),
                technik.get("/items/" + key + "/events"),
                technik.find("product:KEPT"),
                technik.find("Tor"))) {
            assertThat(answer.response().body()).contains("Tor").doesNotContain(ADDRESS, SECRET);
        }
        assertThat(technik.get("/items/" + key).json().at("/fields/kontakt").asString())
                .isEqualTo(Kept.SHOWN);
        LedgerFixture.until(
                () -> ledger.status().checkpointSize() == ledger.status().size());
        assertThat(proof(key)).contains(base64("Tor klemmt")).doesNotContain(base64(ADDRESS), base64(SECRET));

        // Who reads it.
        assertThat(technik.get("/items/" + key + "/fields/zugang").text("value"))
                .isEqualTo(SECRET);
        assertThat(disposition.get("/items/" + key + "/fields/zugang").text("code"))
                .isEqualTo("not_a_reader");
        assertThat(aufsicht.get("/items/" + key + "/fields/kontakt").text("value"))
                .isEqualTo(ADDRESS);
        assertThat(technik.get("/items/" + key + "/fields/dringlichkeit").text("value"))
                .isEqualTo("bald");
        assertThat(technik.get("/items/" + key + "/fields/none").status()).isEqualTo(404);
        assertThat(ledger.eventsOf("route:/api/v1/items/" + key + "/fields/zugang"))
                .hasSize(2)
                .allMatch(event -> event.action().equals("kept.read"));

        // On pages: dots and a way to the value, for who may read it.
        assertThat(page("/items/" + key, technik))
                .contains(Kept.SHOWN, "/items/" + key + "/kept/zugang", "/items/" + key + "/kept/kontakt")
                .doesNotContain(ADDRESS, SECRET);
        assertThat(page("/items/" + key, disposition)).contains("/kept/kontakt").doesNotContain("/kept/zugang", SECRET);
        assertThat(page("/items/" + key + "/kept/kontakt", disposition)).contains(ADDRESS, "is recorded");
        assertThat(page("/items/" + key + "/kept/zugang", disposition)).doesNotContain(SECRET);
        for (var path : List.of("/lines/auftrag", "/lines/auftrag/board", "/items/" + key + "?edit=", "/me")) {
            assertThat(page(path, technik)).as(path).doesNotContain(ADDRESS, SECRET);
        }

        // Found by its address, whatever its letters' case; rotated; written back as it was read.
        assertThat(found("personal:Karla.KUNDE@example.org")).containsExactly(key);
        assertThat(found("personal:other@example.org")).isEmpty();
        rotations.finish(rotations.begin(Purpose.INDEXES, "system:test", "cli"), step -> {});
        assertThat(found("personal:" + ADDRESS)).containsExactly(key);
        var version = technik.get("/items/" + key).json().get("version").asLong();
        technik.patch("/items/" + key, Map.of("fields", Map.of("kontakt", Kept.SHOWN, "zugang", Kept.SHOWN)));
        assertThat(technik.get("/items/" + key).json().get("version").asLong()).isEqualTo(version);
        assertThat(technik.patch("/items/" + key, Map.of("fields", Map.of("zugang", Kept.SHOWN + "x")))
                        .status())
                .isEqualTo(400);
        assertThat(projections.check()).isEmpty();

        // Erased with the person whose address it names, though somebody else typed it.
        var founder = new Actor("system:test", "test", Set.of("leitung"), "cli");
        var karla = accounts.add("Karla Kunde", ADDRESS, Set.of("technik"), founder);
        var one = people.actor(
                accounts.add("Eins", "eins@example.org", Set.of("leitung"), founder)
                        .id(),
                "page");
        var two = people.actor(
                accounts.add("Zwei", "zwei@example.org", Set.of("leitung"), founder)
                        .id(),
                "page");
        erasures.ask(karla.id(), one);
        erasures.approve(karla.id(), two);

        var gone = technik.get("/items/" + key + "/fields/kontakt");
        assertThat(gone.status()).isEqualTo(409);
        assertThat(gone.text("code")).isEqualTo("erased");
        assertThat(technik.get("/items/" + key + "/fields/zugang").text("value"))
                .as("a secret is nobody's")
                .isEqualTo(SECRET);
        assertThat(found("personal:" + ADDRESS)).isEmpty();
        var again = new Items.Edit(key, null, null, Map.of("kontakt", "new@example.org"), null, null, null);
        assertThatThrownBy(() -> items.edit(again, people.actor(technik.actor, "api")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("erased");
        assertThat(projections.check()).isEmpty();
        LedgerFixture.until(
                () -> ledger.status().checkpointSize() == ledger.status().size());
        assertThat(check.check().broken()).isNull();
    }

    @Test
    void every_address_among_other_words_is_found_also_after_rows_were_made_anew_and_erased_with_its_person()
            throws Exception {
        disposition.post("/products", Map.of("key", "KEPTB", "name", "Kept"));
        var key = technik.post(
                        "/items",
                        Map.of(
                                "type",
                                "auftrag",
                                "product",
                                "KEPTB",
                                "title",
                                "Licht flackert",
                                "fields",
                                Map.of(
                                        "dringlichkeit",
                                        "bald",
                                        "kontakt",
                                        "Frau Lind (<Rosa.LIND@example.org>), sonst tom@example.org.")))
                .text("key");
        assertThat(found("personal:rosa.lind@example.org")).containsExactly(key);
        assertThat(found("personal:tom@example.org")).containsExactly(key);
        assertThat(found("personal:lind@example.org")).isEmpty();

        // Codes of before words were searched, and a row that somebody changed past the door.
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            statement.executeUpdate("delete from work.kept_code where item = '" + key + "'");
            statement.executeUpdate("delete from work.kept_seen where item = '" + key + "'");
            statement.executeUpdate("update work.item set title = 'Anders' where key = '" + key + "'");
        }
        assertThat(projections.rebuild(people.actor(technik.actor, "api"))).containsKey("work.item");
        assertThat(found("personal:rosa.lind@example.org")).containsExactly(key);
        assertThat(found("personal:tom@example.org")).containsExactly(key);

        var founder = new Actor("system:test", "test", Set.of("leitung"), "cli");
        var rosa = accounts.add("Rosa Lind", "rosa.lind@example.org", Set.of("technik"), founder);
        var drei = accounts.add("Drei", "drei@example.org", Set.of("leitung"), founder);
        var vier = accounts.add("Vier", "vier@example.org", Set.of("leitung"), founder);
        erasures.ask(rosa.id(), people.actor(drei.id(), "page"));
        erasures.approve(rosa.id(), people.actor(vier.id(), "page"));
        assertThat(technik.get("/items/" + key + "/fields/kontakt").text("code"))
                .isEqualTo("erased");
        assertThat(found("personal:tom@example.org")).isEmpty();
    }

    @Test
    void rules_see_that_there_is_a_value_and_not_which() {
        var type = java.util.Objects.requireNonNull(
                procedures.all().getFirst().types().get("auftrag"));
        var changes =
                new FieldChanges(type, Map.of("kontakt", ADDRESS, "zugang", SECRET, "befund", "rostig"), Set.of());

        assertThat(changes.seen()).isEqualTo(Map.of("kontakt", Kept.SHOWN, "zugang", Kept.SHOWN, "befund", "rostig"));
        assertThat(changes.appliedTo(Map.of("zugang", "before"))).containsEntry("zugang", Kept.SHOWN);
        assertThat(changes.set()).as("what is kept").containsEntry("zugang", SECRET);
    }

    private String page(String path, Api who) throws Exception {
        var client = new JwtAuthenticationToken(
                tokens.decode(who.token), List.of(FactorGrantedAuthority.fromAuthority("FACTOR_BEARER")), who.actor);
        return pages.perform(get(path).with(authentication(client)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String reported() {
        var answer = technik.post(
                "/items",
                Map.of(
                        "type",
                        "auftrag",
                        "product",
                        "KEPT",
                        "title",
                        "Tor klemmt",
                        "fields",
                        Map.of("dringlichkeit", "bald", "kontakt", ADDRESS, "zugang", SECRET)));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        assertThat(answer.response().body()).doesNotContain(ADDRESS, SECRET);
        return answer.text("key");
    }

    private List<String> found(String query) {
        return technik.find(query).json().get("items").findValuesAsString("key");
    }

    private String proof(String key) throws java.io.IOException {
        var file = new ByteArrayOutputStream();
        bundles.of(ledger.eventsOf("item:" + key), file);
        var text = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            while (zip.getNextEntry() != null) {
                text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    /// Every table that holds one of the values in the clear, in whatever column.
    private List<String> traces() throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var row = statement.executeQuery("select format('%I.%I', schemaname, tablename) from pg_tables"
                    + " where schemaname not in ('pg_catalog', 'information_schema')")) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            for (var table : tables) {
                for (var word : List.of(ADDRESS, SECRET)) {
                    var hex = HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
                    try (var row = statement.executeQuery("select count(*) from " + table + " t where t::text ilike '%"
                            + word + "%' or t::text like '%" + hex + "%'")) {
                        row.next();
                        if (row.getLong(1) > 0) {
                            found.add(table + ": " + word);
                        }
                    }
                }
            }
        }
        return found;
    }
}
