package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Somebody who went away is signed out on time, whatever the pages they left open ask for by themselves.
@ConductTest
class IdleSessionTest {

    private final Accounts accounts;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;

    IdleSessionTest(Accounts accounts, JdbcClient db, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.db = db;
        this.clock = clock;
        this.port = port;
    }

    @Test
    void what_an_open_page_asks_for_by_itself_is_no_use_of_the_session() {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var email = "idle-" + UUID.randomUUID() + "@example.com";
        var tess = accounts.add("Tess", email, Set.of("qa"), founder);
        var token = accounts.invite(tess.id(), founder);
        var visitor = new Visitor(port);
        visitor.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", Visitor.PASSWORD));
        visitor.enrol(clock.instant());
        var left =
                InstantSource.system().instant().minus(Duration.ofMinutes(20)).toEpochMilli();
        db.sql(
                        "update identity.session set last_access_time = :left, expiry_time = :left + 3600000 where principal_name = :who")
                .param("left", left)
                .param("who", tess.id())
                .update();

        assertThat(visitor.http.get("/me", ByItself.HEADER, "page").statusCode())
                .isEqualTo(200);
        assertThat(used(tess.id())).isEqualTo(left);

        assertThat(visitor.http.get("/me").statusCode()).isEqualTo(200);
        assertThat(used(tess.id())).isGreaterThan(left);
    }

    private long used(String person) {
        return db.sql("select last_access_time from identity.session where principal_name = :who")
                .param("who", person)
                .query(Long.class)
                .single();
    }
}
