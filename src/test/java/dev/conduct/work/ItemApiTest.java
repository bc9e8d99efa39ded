package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class ItemApiTest {

    private final Api support;
    private final Api developer;
    private final Api customer;
    private final Api administrator;
    private final String product;
    private final JdbcClient database;

    ItemApiTest(Clients clients, JdbcClient database, @LocalServerPort int port) {
        this.database = database;
        support = new Api(port, clients, "support");
        developer = new Api(port, clients, "developer");
        customer = new Api(port, clients, "customer");
        administrator = new Api(port, clients, "administrator");
        product = "API" + Math.abs(System.identityHashCode(this) % 1_000_000);
        administrator.post("/products", Map.of("key", product, "name", "The API"));
        administrator.post("/products/" + product + "/components", Map.of("name", "editor", "critical", true));
    }

    private Map<String, Object> bug(String title) {
        return Map.of(
                "type",
                "bug",
                "product",
                product,
                "title",
                title,
                "fields",
                Map.of("severity", "high", "steps", "Open it"));
    }

    @Test
    void an_item_is_created_and_read_back() {
        var made = customer.post("/items", bug("It crashes"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/items/" + made.text("key"));
        var read = customer.get("/items/" + made.text("key"));
        assertThat(read.json().get("fields").get("severity").stringValue()).isEqualTo("high");
        assertThat(read.text("state")).isEqualTo("reported");
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.text("reporter")).isEqualTo(customer.actor);
    }

    @Test
    void what_one_may_not_see_is_not_there() {
        var key = support.post("/items", bug("Internal")).text("key");

        assertThat(customer.get("/items/" + key).status()).isEqualTo(404);
        assertThat(customer.get("/items/" + key + "/events").status()).isEqualTo(404);
        assertThat(customer.find("product:" + product + " Internal")
                        .json()
                        .get("items")
                        .size())
                .isZero();
        assertThat(customer.post("/items/" + key + "/comments", Map.of("text", "hello"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void every_wrong_field_is_named_with_what_to_write() {
        var wrong = customer.post(
                "/items",
                Map.of(
                        "type",
                        "bug",
                        "product",
                        product,
                        "title",
                        "x",
                        "fields",
                        Map.of("severty", "high", "severity", "urgent", "state", "closed")));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("fields.severty", "fields.severity", "fields.state");
        assertThat(wrong.json().get("errors").toString()).contains("write severity", "server_owned");
    }

    @Test
    void a_held_transition_says_which_clauses_hold_it() {
        var key = customer.post("/items", bug("Held")).text("key");

        var held = support.post("/items/" + key + "/transitions", Map.of("transition", "log"));

        assertThat(held.status()).isEqualTo(409);
        assertThat(held.text("code")).isEqualTo("gate_closed");
        assertThat(held.json().get("blocked_by").get(0).get("clause").stringValue())
                .isEqualTo("BUG-2");
        assertThat(held.json().get("blocked_by").get(0).get("kind").stringValue())
                .isEqualTo("field");
    }

    @Test
    void a_transition_of_other_roles_is_403() {
        var key = customer.post("/items", bug("Not mine")).text("key");

        assertThat(developer
                        .post("/items/" + key + "/transitions", Map.of("transition", "log"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_stale_version_is_refused() {
        var key = customer.post("/items", bug("Stale")).text("key");
        support.patch("/items/" + key, Map.of("title", "Fresh"), "If-Match", "\"1\"");

        var stale = support.patch("/items/" + key, Map.of("title", "Late"), "If-Match", "\"1\"");

        assertThat(stale.status()).isEqualTo(412);
        assertThat(support.get("/items/" + key).text("title")).isEqualTo("Fresh");
    }

    @Test
    void a_key_is_free_again_when_its_request_was_refused_and_after_a_day() {
        var refused = customer.post("/items", Map.of("type", "bug"), "Idempotency-Key", "k2");
        var done = customer.post("/items", bug("Kept for a day"), "Idempotency-Key", "k2");
        database.sql("update repeats.answer set given_at = given_at - interval '25 hours' where actor = :me")
                .param("me", customer.actor)
                .update();
        var nextDay = customer.post("/items", bug("Another day"), "Idempotency-Key", "k2");
        var unreadable = customer.post("/items", bug("Unreadable"), "Idempotency-Key", "two words");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(done.status()).isEqualTo(201);
        assertThat(nextDay.status()).isEqualTo(201);
        assertThat(nextDay.text("key")).isNotEqualTo(done.text("key"));
        assertThat(unreadable.status()).isEqualTo(400);
        assertThat(unreadable.json().at("/errors/0/field").asString()).isEqualTo("Idempotency-Key");
    }

    @Test
    void repeating_a_request_with_its_key_repeats_the_answer() {
        var first = customer.post("/items", bug("Printed a single time"), "Idempotency-Key", "k1");
        var again = customer.post("/items", bug("Printed a single time"), "Idempotency-Key", "k1");
        var other = customer.post("/items", bug("Other"), "Idempotency-Key", "k1");

        assertThat(again.response().body()).isEqualTo(first.response().body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("idempotency_key_reused");
        assertThat(support.find("product:" + product + " printed")
                        .json()
                        .get("items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void null_takes_a_value_away() {
        var key = customer.post("/items", bug("Null")).text("key");

        var changed = support.call("PATCH", "/items/" + key, "{\"fields\":{\"steps\":null}}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().get("fields").has("steps")).isFalse();
    }

    @Test
    void bodies_are_read_strictly() {
        assertThat(customer.call("POST", "/items", "{\"type\":\"bug\",\"type\":\"bug\"}")
                        .status())
                .isEqualTo(400);
        assertThat(customer.post("/items", Map.of("type", "bug", "state", "closed"))
                        .status())
                .isEqualTo(400);
        assertThat(customer.call("POST", "/items", "{\"title\":\"" + "x".repeat(10_000_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(customer.call("POST", "/items", "[".repeat(100) + "]".repeat(100))
                        .status())
                .isIn(400, 413);
        assertThat(customer.call("POST", "/items", bugText("a\\u0000b")).text("detail"))
                .contains("NUL");
        assertThat(customer.call("POST", "/items", bugText("a\\ud800b")).text("detail"))
                .contains("half a character");
    }

    private String bugText(String title) {
        return "{\"type\":\"bug\",\"product\":\"" + product + "\",\"title\":\"" + title
                + "\",\"fields\":{\"severity\":\"low\"}}";
    }

    @Test
    void what_was_said_linked_and_attested_is_listed_and_in_the_history() {
        var one = customer.post("/items", bug("One")).text("key");
        var two = customer.post("/items", bug("Two")).text("key");

        assertThat(support.post("/items/" + one + "/comments", Map.of("text", "Seen it *too*"))
                        .status())
                .isEqualTo(201);
        assertThat(support.post("/items/" + one + "/links", Map.of("kind", "duplicates", "other", two))
                        .status())
                .isEqualTo(201);
        assertThat(developer
                        .post("/items/" + one + "/evidence", Map.of("kind", "local_test", "verdict", "passed"))
                        .status())
                .isEqualTo(201);
        assertThat(developer.post("/items/" + one + "/watchers", Map.of()).status())
                .isEqualTo(201);

        assertThat(support.get("/items/" + one + "/comments")
                        .json()
                        .get("items")
                        .get(0)
                        .get("text")
                        .stringValue())
                .isEqualTo("Seen it *too*");
        assertThat(support.get("/items/" + two + "/links")
                        .json()
                        .get(0)
                        .get("kind")
                        .stringValue())
                .isEqualTo("duplicated_by");
        assertThat(support.get("/items/" + one + "/evidence").json().size()).isEqualTo(1);
        var events = support.get("/items/" + one + "/events").json();
        assertThat(events.findValuesAsString("kind"))
                .contains("item.report", "item.comment", "item.link", "item.attest", "item.watch");
        assertThat(events.get(0).get("seq").intValue()).isEqualTo(1);
        assertThat(events.get(0).get("payload").get("title").stringValue()).isEqualTo("One");
    }

    @Test
    void a_wrong_query_is_explained_at_its_place() {
        var wrong = support.find("type:bug sevrity:high sort:dew updated:soon");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().get("errors").findValuesAsString("says"))
                .satisfiesExactly(
                        says -> assertThat(says).contains("at character 10", "write severity"),
                        says -> assertThat(says).contains("write due"),
                        says -> assertThat(says).contains("`>7d`"));
    }

    @Test
    void a_view_is_kept_shared_changed_and_removed_by_its_owner_alone() {
        var wanted = Map.of("type", "bug", "title", "Mine of " + product, "query", "is:open product:" + product);
        var made = developer.post("/views", wanted);
        assertThat(made.status()).isEqualTo(201);
        var id = made.text("id");
        assertThat(developer.post("/views", wanted).text("code")).isEqualTo("view_exists");
        assertThat(support.patch("/views/" + id, Map.of("title", "Theirs")).status())
                .isEqualTo(404);

        assertThat(developer
                        .patch("/views/" + id, Map.of("shared", "everybody"))
                        .text("shared"))
                .isEqualTo("everybody");

        var seen = support.get("/views?type=bug&limit=200").json().get("items");
        assertThat(seen.valueStream()).anySatisfy(view -> {
            assertThat(view.get("id").stringValue()).isEqualTo(id);
            assertThat(view.get("mine").booleanValue()).isFalse();
        });
        assertThat(developer
                        .post("/views", Map.of("type", "bug", "title", "X", "query", "severity:huge"))
                        .status())
                .isEqualTo(400);
        assertThat(customer.get("/views").status()).isEqualTo(403);
        assertThat(support.call("DELETE", "/views/" + id, null).status()).isEqualTo(404);
        assertThat(developer.call("DELETE", "/views/" + id, null).status()).isEqualTo(204);
        assertThat(support.patch("/views/" + id, Map.of("title", "Gone")).status())
                .isEqualTo(404);
    }
}
