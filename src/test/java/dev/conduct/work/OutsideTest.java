package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Abuse cases 10 and 11 of the security rules, from outside: what customers never get to read.
@ConductTest
class OutsideTest {

    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    private final Api customer;
    private final Api rival;
    private final Api support;
    private final Api lead;
    private final Api developer;
    private final String product = "OUT" + PRODUCTS.incrementAndGet();

    OutsideTest(Clients clients, @LocalServerPort int port) {
        customer = new Api(port, clients, "customer");
        rival = new Api(port, clients, "customer");
        support = new Api(port, clients, "support");
        lead = new Api(port, clients, "lead_developer");
        developer = new Api(port, clients, "developer");
        new Api(port, clients, "administrator").post("/products", Map.of("key", product, "name", "Outside"));
    }

    private String reported(Api by, String title) {
        var report = Map.of("type", "bug", "product", product, "title", title, "fields", Map.of("severity", "low"));
        return by.post("/items", report).text("key");
    }

    @Test
    void case_10_what_another_customer_reported_is_not_there_by_any_way() {
        var theirs = reported(rival, "Invoices carry a zanzibar stamp");
        var mine = reported(customer, "My own report of the day");
        support.post("/items/" + mine + "/links", Map.of("kind", "duplicates", "other", theirs));
        rival.post("/items/" + theirs + "/comments", Map.of("text", "Secret of ours"));

        for (var way : List.of("", "/transitions", "/events", "/comments", "/links", "/attachments")) {
            assertThat(customer.get("/items/" + theirs + way).status()).as(way).isEqualTo(404);
        }
        for (var way : List.of("/evidence", "/bundle", "/watchers", "/suggestions", "/clocks", "/overrides")) {
            assertThat(customer.get("/items/" + theirs + way).status()).as(way).isEqualTo(403);
        }
        assertThat(customer.patch("/items/" + theirs, Map.of("title", "Mine now"))
                        .status())
                .isEqualTo(404);
        assertThat(customer.post("/items/" + theirs + "/comments", Map.of("text", "Hello"))
                        .status())
                .isEqualTo(404);
        assertThat(customer.get("/items/" + mine + "/links").json().size()).isZero();
        assertThat(customer.find("product:" + product).json().get("items").size())
                .isOne();
        assertThat(customer.find("zanzibar").json().get("items").size()).isZero();
        assertThat(customer.get("/items/similar?title=Invoices%20carry%20a%20zanzibar%20stamp")
                        .json()
                        .size())
                .isZero();
        assertThat(customer.get("/people").status()).isEqualTo(403);
        assertThat(customer.get("/teams").status()).isEqualTo(403);
        assertThat(customer.get("/ledger/entries").status()).isEqualTo(403);
    }

    @Test
    void case_11_naming_a_file_opens_it_to_nobody_outside() {
        var key = reported(customer, "The import is empty");
        support.upload("/items/" + key + "/attachments", "filename=\"core.txt\"", bytes("the core"));
        var file = support.get("/items/" + key + "/attachments")
                .json()
                .get(0)
                .get("id")
                .asString();
        var address = "/items/" + key + "/attachments/" + file;

        for (var outside : List.of(false, true)) {
            customer.post(
                    "/items/" + key + "/comments", Map.of("text", "See [this](" + address + ")", "outside", outside));
        }
        customer.patch("/items/" + key, Map.of("description", "See ![this](" + address + ")"));

        assertThat(customer.get(address).status()).isEqualTo(404);
        assertThat(customer.get("/items/" + key + "/attachments").response().body())
                .doesNotContain("core.txt");
        support.post("/items/" + key + "/comments", Map.of("text", "Here: [it](" + address + ")", "outside", true));
        assertThat(customer.get(address).status()).as("opened by who may").isEqualTo(200);
    }

    @Test
    void case_11_what_is_said_among_those_who_work_on_it_never_reaches_the_customer() {
        var key = reported(customer, "The export is empty");
        support.post("/items/" + key + "/comments", Map.of("text", "They never paid, the quagga"));
        support.post("/items/" + key + "/comments", Map.of("text", "We look at it", "outside", true));
        support.post("/items/" + key + "/comments", Map.of("text", "Still *internal*", "outside", false));
        support.upload("/items/" + key + "/attachments", "filename=\"core.txt\"", bytes("the core"));
        support.upload("/items/" + key + "/attachments?outside=true", "filename=\"hint.txt\"", bytes("the hint"));
        developer.post(
                "/items/" + key + "/evidence", Map.of("kind", "local_test", "verdict", "passed", "note", "On okapi"));
        support.patch("/items/" + key, Map.of("fields", Map.of("impact", "The whole narwhal", "kind", "functional")));

        var comments = customer.get("/items/" + key + "/comments").response().body();
        assertThat(comments).contains("We look at it").doesNotContain("quagga", "internal");
        var files = customer.get("/items/" + key + "/attachments").response().body();
        assertThat(files).contains("hint.txt").doesNotContain("core.txt");
        var events = customer.get("/items/" + key + "/events").response().body();
        assertThat(events)
                .contains("We look at it", "hint.txt", "The export is empty")
                .doesNotContain(
                        "quagga", "internal", "core.txt", "okapi", "narwhal", "functional", "roles", "deviations");
        var item = customer.get("/items/" + key).response().body();
        assertThat(item).contains("\"severity\"").doesNotContain("narwhal", "functional");
        assertThat(customer.find("quagga").json().get("items").size()).isZero();
        assertThat(support.find("quagga product:" + product).json().get("items").size())
                .isOne();
        for (var oracle : List.of("priority:high", "assignee:me", "is:overdue", "sort:due", "component:none")) {
            assertThat(customer.find("product:" + product + " " + oracle).status())
                    .as(oracle)
                    .isEqualTo(400);
        }
        var hidden = support.get("/items/" + key + "/attachments")
                .json()
                .valueStream()
                .filter(file -> file.get("name").stringValue().equals("core.txt"))
                .findFirst()
                .orElseThrow()
                .get("id")
                .stringValue();
        assertThat(customer.get("/items/" + key + "/attachments/" + hidden).status())
                .isEqualTo(404);
    }

    @Test
    void case_11_a_report_that_turns_out_to_be_a_security_bug_leaves_the_customers_sight() {
        var key = reported(customer, "Anybody can read the cassowary list");
        var mine = reported(customer, "Another report of mine");
        lead.post("/items/" + mine + "/links", Map.of("kind", "duplicates", "other", key));

        assertThat(lead.patch("/items/" + key, Map.of("fields", Map.of("security", "confirmed")))
                        .status())
                .isEqualTo(200);

        for (var api : List.of(customer, developer)) {
            assertThat(api.get("/items/" + key).status()).isEqualTo(404);
            assertThat(api.get("/items/" + key + "/events").status()).isEqualTo(404);
            assertThat(api.find("product:" + product + " cassowary")
                            .json()
                            .get("items")
                            .size())
                    .isZero();
            assertThat(api.get("/items/" + mine + "/links").json().size()).isZero();
        }
        assertThat(lead.get("/items/" + key).status()).isEqualTo(200);
        assertThat(lead.call("PUT", "/items/" + key + "/readers", "{\"readers\":[\"" + developer.actor + "\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(developer.get("/items/" + key).status()).isEqualTo(200);
        assertThat(customer.post(
                                "/items",
                                Map.of(
                                        "type",
                                        "bug",
                                        "product",
                                        product,
                                        "title",
                                        "Mine",
                                        "fields",
                                        Map.of("severity", "low", "security", "suspected")))
                        .status())
                .as("how it is handled is not the customer's to say")
                .isEqualTo(400);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
