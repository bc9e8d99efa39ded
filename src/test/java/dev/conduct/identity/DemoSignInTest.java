package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ConductTest(properties = {"conduct.demo=true", "server.address=127.0.0.1"})
class DemoSignInTest {

    private final Accounts accounts;
    private final Http http;

    DemoSignInTest(Accounts accounts, @LocalServerPort int port) {
        this.accounts = accounts;
        this.http = new Http(port);
    }

    @Test
    void a_demo_says_so_and_lets_anybody_be_one_of_its_people() {
        var by = new Actor("system:demo", "Demo", Set.of(), "demo");
        var tom = accounts.add("Tom Okafor", "tom@demo.example", Set.of("developer"), by);

        assertThat(http.get("/demo/sign-in").body()).contains("This is a demo", "Tom Okafor");
        var answer = http.fill("/demo/sign-in", "/demo/sign-in", Map.of("person", tom.id()));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(http.get("/api/v1/me").body()).contains("Tom Okafor", "developer");
    }
}
