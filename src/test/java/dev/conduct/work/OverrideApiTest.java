package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConductTest
class OverrideApiTest {

    private static final Map<String, String> ASKED = Map.of(
            "transition", "submit_fix",
            "gate", "tested_locally",
            "reason", "Payments stand still; the test machine is down.");

    private final Api developer;
    private final Api manager;
    private final Cast cast;
    private final String bug;

    OverrideApiTest(Items items, Products products, People people, Clients clients, @LocalServerPort int port) {
        developer = new Api(port, clients, "developer");
        manager = new Api(port, clients, "project_manager");
        cast = new Cast(items, products, people);
        bug = "/items/" + cast.inFix().key();
    }

    @Test
    void an_exception_is_asked_for_approved_used_and_settled() {
        var asked = developer.post(bug + "/overrides", ASKED);
        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.text("state")).isEqualTo("asked");
        var one = bug + "/overrides/" + asked.text("id");

        var self = developer.post(one + "/approval", Map.of());
        assertThat(self.status()).isEqualTo(403);
        assertThat(self.header("Content-Type")).startsWith("application/problem+json");
        assertThat(self.text("code")).isEqualTo("second_person");

        var approved = manager.post(one + "/approval", Map.of("note", "Once."));
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.text("state")).isEqualTo("approved");
        assertThat(approved.text("decided_by")).isEqualTo(manager.actor);
        assertThat(manager.post(one + "/refusal", Map.of()).status()).isEqualTo(409);

        var moved = developer.post(
                bug + "/transitions",
                Map.of(
                        "transition",
                        "submit_fix",
                        "fields",
                        Map.of("fix_commit", "a1b2c3d4e5f6", "root_cause", "Off by one")));
        assertThat(moved.status()).isEqualTo(200);

        var duty = "/duties/" + asked.text("id") + "/settlement";
        assertThat(developer.get("/duties?open=true&limit=200").response().body())
                .contains(asked.text("id"));
        assertThat(developer.post(duty, Map.of("note", "Tested since.")).text("code"))
                .isEqualTo("evidence_missing");
        assertThat(developer
                        .post(
                                bug + "/evidence",
                                Map.of("kind", "local_test", "verdict", "passed", "commit", "a1b2c3d4e5f6"))
                        .status())
                .isEqualTo(201);
        assertThat(developer.post(duty, Map.of("note", "Tested since.")).status())
                .isEqualTo(200);
        assertThat(developer.get("/duties?open=false&limit=200").response().body())
                .contains(asked.text("id"));
    }

    @Test
    void a_repeated_request_asks_once() {
        var first = developer.post(bug + "/overrides", ASKED, "Idempotency-Key", "once-" + bug);
        var again = developer.post(bug + "/overrides", ASKED, "Idempotency-Key", "once-" + bug);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text("id")).isEqualTo(first.text("id"));
    }

    @Test
    void pages_of_the_list_follow_each_other() {
        for (var i = 0; i < 3; i++) {
            var asked = developer.post(bug + "/overrides", ASKED);
            assertThat(developer
                            .post(bug + "/overrides/" + asked.text("id") + "/refusal", Map.of())
                            .status())
                    .isEqualTo(200);
        }

        var first = developer.get(bug + "/overrides?limit=2");
        var second = developer.get(bug + "/overrides?limit=2&cursor=" + first.text("next"));

        assertThat(first.json().get("items").size()).isEqualTo(2);
        assertThat(second.json().get("items").size()).isEqualTo(1);
        assertThat(second.json().get("next").isNull()).isTrue();
    }

    @Test
    void what_is_missing_or_unknown_is_named() {
        assertThat(developer
                        .post(bug + "/overrides", Map.of("gate", "tested_locally"))
                        .response()
                        .body())
                .contains("\"field\":\"transition\"");
        assertThat(manager.post(bug + "/overrides/" + UUID.randomUUID() + "/approval", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(manager.post("/duties/" + UUID.randomUUID() + "/settlement", Map.of("note", "Done"))
                        .status())
                .isEqualTo(404);
        assertThat(manager.post(bug + "/overrides/nonsense/approval", Map.of()).status())
                .isEqualTo(400);
    }
}
