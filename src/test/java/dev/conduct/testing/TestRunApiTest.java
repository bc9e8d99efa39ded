package dev.conduct.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Products;
import dev.conduct.work.Projections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// From the catalogue to a defect of a run, as a program does it.
@ConductTest
class TestRunApiTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMINISTRATOR = new Actor("system:test", "Test", Set.of("administrator"), "api");
    private static final String COMMIT = "3f9c1e5a77b0c4d2e8a1f6b93d5072c4ee81a0b6";

    private final Programs programs;
    private final Products products;
    private final Projections projections;
    private final JdbcClient database;
    private final TestClock clock;
    private String product = "";

    TestRunApiTest(
            Clients clients,
            Products products,
            Projections projections,
            JdbcClient database,
            TestClock clock,
            @LocalServerPort int port) {
        this.programs = new Programs(clients, port);
        this.products = products;
        this.projections = projections;
        this.database = database;
        this.clock = clock;
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "TRA" + COUNT.incrementAndGet();
        products.create(product, "Tested", ADMINISTRATOR);
    }

    @Test
    void a_point_without_owner_and_case_is_a_hole_until_it_has_both() {
        var shop = part("shop", "service");
        var bank = part("bank", "third_party");
        var point = post(
                "/products/" + product + "/integration-points",
                Map.of("from", shop, "to", bank, "name", "book", "kind", "call", "criticality", "high"));
        assertThat(words(point, "holes")).containsExactly("owner", "case");

        var _ = post("/test-plans/" + plan() + "/cases", Map.of("title", "Books", "point", id(point)));

        assertThat(words(points().get(0), "holes")).containsExactly("owner");
        assertThat(programs.post("support", "/api/v1/products/" + product + "/integration-parts", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(programs.put(
                                "qa",
                                "/api/v1/integration-points/" + id(point),
                                Map.of("name", "book", "kind", "phone", "criticality", "high", "owner", "Nobody Known"))
                        .text())
                .contains("\"field\":\"kind\"")
                .contains("\"field\":\"owner\"")
                .contains("\"field\":\"from\"");
    }

    @Test
    void a_change_is_a_new_version_and_a_run_keeps_the_one_it_began_with() {
        var plan = plan();
        var key = text(write(plan, "Pays", ""), "key");
        var run = start(plan);
        var changed = programs.put(
                        "qa",
                        "/api/v1/test-cases/" + key,
                        Map.of(
                                "title",
                                "Pays twice",
                                "steps",
                                List.of(Map.of("action", "Pay", "expected", "Two receipts")),
                                "version",
                                1))
                .json();

        assertThat(changed.get("version").asLong()).isEqualTo(2);
        assertThat(programs.put("qa", "/api/v1/test-cases/" + key, Map.of("title", "Late", "version", 1))
                        .status())
                .isEqualTo(412);
        assertThat(programs.get("qa", "/api/v1/test-cases/" + key + "?version=1")
                        .json()
                        .get("title")
                        .asString())
                .isEqualTo("Pays");
        assertThat(get("/test-cases/" + key + "/versions").get("items")).hasSize(2);
        assertThat(get("/test-runs/" + run + "/cases/1")
                        .get("result")
                        .get("version")
                        .asLong())
                .isEqualTo(1);
        assertThat(programs.post(
                                "qa",
                                "/api/v1/test-plans/" + plan + "/cases",
                                Map.of("title", "", "edge_class", "luck"))
                        .text())
                .contains("\"field\":\"title\"")
                .contains("\"field\":\"edge_class\"");
    }

    @Test
    void steps_decide_their_case_and_nobody_overwrites_what_they_did_not_see() {
        var plan = plan();
        var _ = write(plan, "Pays", "");
        var run = start(plan);

        assertThat(judge(run, Map.of("step", 1, "verdict", "passed", "seconds", 5))
                        .json()
                        .get("verdict")
                        .asString())
                .isEmpty();
        var late = judge(run, Map.of("step", 1, "verdict", "failed"));
        assertThat(late.status()).as(late.text()).isEqualTo(412);
        assertThat(judge(run, Map.of("step", 2, "verdict", "failed", "note", "No receipt", "seconds", 7))
                        .json()
                        .get("verdict")
                        .asString())
                .isEqualTo("failed");
        assertThat(judge(run, Map.of("verdict", "passed")).status()).isEqualTo(412);

        var key = text(
                programs.post("qa", "/api/v1/test-runs/" + run + "/cases/1/defects", Map.of("severity", "high"))
                        .json(),
                "key");

        var item = get("/items/" + key);
        assertThat(item.get("title").asString()).isEqualTo("Case fails: Pays");
        assertThat(item.get("description").asString())
                .contains("version 1", COMMIT, "build 1742", "2. Confirm", "**failed**", "No receipt");
        var whole = get("/test-runs/" + run + "/cases/1");
        assertThat(whole.get("defects").get(0).asString()).isEqualTo(key);
        assertThat(whole.get("result").get("seconds").asLong()).isEqualTo(12);
        assertThat(get("/items/" + key + "/events").toString()).contains("testcase.link");
        assertThat(post("/test-runs/" + run + "/end", Map.of()).get("green").asBoolean())
                .isFalse();
        assertThat(judge(run, Map.of("verdict", "passed", "revision", 1)).status())
                .isEqualTo(409);
    }

    @Test
    void a_case_with_an_automated_test_takes_what_ci_told_of_the_commit_and_nobody_types_over_a_failure() {
        var plan = plan();
        var _ = write(plan, "Pays", "shop.PayTest#pays");
        var _ = write(plan, "By hand", "");
        report("<testcase classname='shop.PayTest' name='pays'/>", "1742");
        report("<testcase classname='shop.PayTest' name='pays'><failure/></testcase>", "1743");
        var run = start(plan);
        assertThat(get("/test-runs/" + run + "/cases/1")
                        .get("result")
                        .get("verdict")
                        .asString())
                .isEqualTo("passed");

        report("<testcase classname='shop.PayTest' name='pays' time='2'><failure>No</failure></testcase>", "1742");
        assertThat(post("/test-runs/" + run + "/results", Map.of()).get("cases").asInt())
                .isEqualTo(1);

        var told = get("/test-runs/" + run + "/cases/1").get("result");
        assertThat(told.get("verdict").asString()).isEqualTo("failed");
        assertThat(told.get("report").asString()).hasSize(36);
        var over = judge(
                run,
                Map.of("verdict", "passed", "revision", told.get("revision").asLong()));
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.text()).contains("outweighs what is typed");
    }

    @Test
    void what_the_ledger_says_is_what_the_tables_hold() {
        steps_decide_their_case_and_nobody_overwrites_what_they_did_not_see();
        a_product_of_its_own();
        a_change_is_a_new_version_and_a_run_keeps_the_one_it_began_with();

        assertThat(projections.check().filter(it -> it.table().startsWith("testing.")))
                .isEmpty();
        var broken = database.sql("update testing.run_case set verdict = 'passed' where verdict = 'failed'")
                .update();
        assertThat(broken).isPositive();
        assertThat(projections.rebuild(ADMINISTRATOR)).containsKey("testing.run_case");
        assertThat(projections.check().filter(it -> it.table().startsWith("testing.")))
                .isEmpty();
    }

    private String part(String name, String kind) {
        return id(post("/products/" + product + "/integration-parts", Map.of("name", name, "kind", kind)));
    }

    private JsonNode points() {
        return get("/products/" + product + "/integration-points").get("items");
    }

    private String plan() {
        return id(
                post("/products/" + product + "/test-plans", Map.of("title", "Regression", "environment", "staging")));
    }

    private JsonNode write(String plan, String title, String automation) {
        return post(
                "/test-plans/" + plan + "/cases",
                Map.of(
                        "title",
                        title,
                        "automation",
                        automation,
                        "steps",
                        List.of(
                                Map.of("action", "Put a ticket into the cart", "expected", "It lies there"),
                                Map.of("action", "Confirm", "expected", "A receipt is shown"))));
    }

    private String start(String plan) {
        return id(post("/test-plans/" + plan + "/runs", Map.of("commit", COMMIT, "build", "1742")));
    }

    private Programs.Answer judge(String run, Map<String, Object> verdict) {
        return programs.post("qa", "/api/v1/test-runs/" + run + "/cases/1/verdict", verdict);
    }

    private void report(String cases, String build) {
        clock.advance(Duration.ofSeconds(1));
        var answer = programs.bytes(
                "developer",
                "/api/v1/reports?product=" + product + "&commit=" + COMMIT + "&build=" + build,
                "<testsuite name='s'>" + cases + "</testsuite>");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private JsonNode post(String path, Object body) {
        var answer = programs.post("qa", "/api/v1" + path, body);
        assertThat(answer.status()).as(path + " " + answer.text()).isLessThan(300);
        return answer.json();
    }

    private JsonNode get(String path) {
        var answer = programs.get("qa", "/api/v1" + path);
        assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String id(JsonNode answer) {
        return text(answer, "id");
    }

    private static String text(JsonNode answer, String name) {
        return answer.get(name).asString();
    }

    private static List<String> words(JsonNode answer, String name) {
        return answer.get(name).valueStream().map(JsonNode::asString).toList();
    }
}
