package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.LedgerFixture;
import dev.conduct.mail.Sent;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

/// What whoever reads the database, or a copy of it, learns of a person without any key: the name, and nothing
/// with which to sign in, or to write to anybody.
@ConductTest(properties = {"test.alone=PlainTextTest", "conduct.scheduling=false"})
class PlainTextTest {

    private static final String NAME = "Wilhelmina Quartermain";
    private static final String EMAIL = "wilhelmina.quartermain@example.org";

    private final Accounts accounts;
    private final Sent sent;
    private final TestClock clock;
    private final LedgerFixture fixture;
    private final int port;

    PlainTextTest(Accounts accounts, Sent sent, TestClock clock, Environment environment, @LocalServerPort int port) {
        this.sent = sent;
        this.accounts = accounts;
        this.clock = clock;
        this.fixture = new LedgerFixture(environment);
        this.port = port;
    }

    @Test
    void nothing_with_which_to_sign_in_stands_in_the_clear() throws Exception {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var person = accounts.add(NAME, EMAIL, Set.of("qa"), founder);
        var token = accounts.invite(person.id(), founder);
        var visitor = new Visitor(port);
        visitor.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", Visitor.PASSWORD));
        var enrolled = visitor.enrol(clock.instant());
        assertThat(visitor.signedIn()).isTrue();
        visitor.another().password(EMAIL, "not the right one at all");
        var key = visitor.http.cookie("conduct");
        assertThat(key).hasSizeGreaterThan(30);

        assertThat(holding(NAME)).containsExactly("identity.actor");
        assertThat(sent.to(EMAIL))
                .as("letters of which something could be read")
                .isNotEmpty();
        assertThat(holding(EMAIL)).isEmpty();
        assertThat(holding(token)).isEmpty();
        assertThat(holding(key, new String(Base64.getDecoder().decode(key), StandardCharsets.UTF_8)))
                .as("the session's key")
                .isEmpty();
        assertThat(holding(enrolled.secret(), Visitor.PASSWORD)).isEmpty();
        assertThat(holding("127.0.0.1")).as("where from").isEmpty();
        assertThat(holding("Unknown browser")).as("what with").isEmpty();
    }

    /// The tables that hold one of the words, as text or as bytes.
    private Set<String> holding(String... words) throws SQLException {
        var found = new TreeSet<String>();
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
                for (var word : forms(words)) {
                    try (var row = statement.executeQuery(
                            "select exists (select from " + table + " t where t::text ilike '%" + word + "%')")) {
                        row.next();
                        if (row.getBoolean(1)) {
                            found.add(table);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> forms(String... words) {
        var forms = new ArrayList<>(Arrays.asList(words));
        for (var word : words) {
            forms.add(HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8)));
        }
        return forms;
    }
}
