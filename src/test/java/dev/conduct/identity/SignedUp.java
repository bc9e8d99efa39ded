package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

/// People with an account and a second factor, on a server behind a proxy that the classes share.
abstract class SignedUp {

    final SetUp setUp;
    final Accounts accounts;
    final RouteTable routes;
    final JdbcClient db;
    final dev.conduct.keys.BlindIndex index;
    final TestClock clock;
    final Visitor visitor;

    SignedUp(
            SetUp setUp,
            Accounts accounts,
            RouteTable routes,
            dev.conduct.keys.BlindIndex index,
            JdbcClient db,
            TestClock clock,
            int port) {
        this.setUp = setUp;
        this.accounts = accounts;
        this.routes = routes;
        this.db = db;
        this.index = index;
        this.clock = clock;
        this.visitor = new Visitor(port);
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
        clock.advance(Duration.ofMinutes(1));
    }

    String member() {
        return member("developer");
    }

    String member(String role) {
        var email = "member-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Tom Okafor", email, Set.of(role), administrator());
        var token = accounts.invite(person.id(), administrator());
        var invited = visitor.another();
        var answer = invited.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        assertThat(location(answer)).isEqualTo("/sign-in/code");
        return email;
    }

    Visitor.Enrolled enrolled(String email) {
        var person = visitor.another();
        person.password(email, PASSWORD);
        return person.enrol(clock.instant());
    }

    String personOf(String email) {
        return "person:"
                + db.sql("select id from identity.actor where email_index in (:codes)")
                        .param("codes", index.all("identity.actor|email", email))
                        .query(String.class)
                        .single();
    }

    String wrong(Visitor.Enrolled enrolled) {
        var right = Set.of(
                enrolled.code(clock.instant()),
                enrolled.code(clock.instant().minusSeconds(30)),
                enrolled.code(clock.instant().plusSeconds(30)));
        return right.contains("000000") ? "000001" : "000000";
    }

    static Actor administrator() {
        return new Actor("system:test", "test", Set.of("administrator"), "api");
    }
}
