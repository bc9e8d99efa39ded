package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.keys.SealedStore;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.mail.Sent;
import dev.conduct.scim.CalledByADirectory;
import dev.conduct.source.ToldByAHost;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Products;
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
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/// What whoever reads the database, or a copy of it, learns of a person without any key: nothing of who it is, nor with
/// which to sign in, or to write to anybody.
@ConductTest(properties = {"test.alone=PlainTextTest", "conduct.scheduling=false"})
class PlainTextTest {

    private static final String NAME = "Wilhelmina Quartermain";
    private static final String EMAIL = "wilhelmina.quartermain@example.org";

    private final Accounts accounts;
    private final People people;
    private final List<SealedStore> stores;
    private final TransactionTemplate transaction;
    private final Sent sent;
    private final TestClock clock;
    private final ApplicationContext context;
    private final LedgerFixture fixture;
    private final int port;

    PlainTextTest(
            Accounts accounts,
            People people,
            List<SealedStore> stores,
            TransactionTemplate transaction,
            Sent sent,
            TestClock clock,
            ApplicationContext context,
            Environment environment,
            @LocalServerPort int port) {
        this.people = people;
        this.stores = stores;
        this.transaction = transaction;
        this.sent = sent;
        this.accounts = accounts;
        this.clock = clock;
        this.context = context;
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

        assertThat(people.named("quarter", 5)).extracting(People.Person::name).contains(NAME);
        assertThat(holding(NAME)).isEmpty();
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

        write("update identity.session_attributes set attribute_bytes = '\\xaced0005740005776f726473'");
        assertThat(visitor.signedIn())
                .as("a session whose contents somebody wrote into the table")
                .isFalse();
        write("delete from identity.session");
    }

    private void write(String sql) throws SQLException {
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void an_author_of_an_imported_history_is_found_again_and_stands_nowhere_in_the_clear() throws Exception {
        var author = people.known("elsewhere", "ottoline.farnborough@example.org", "Ottoline Farnborough");

        assertThat(people.known("elsewhere", "ottoline.farnborough@example.org", "Another"))
                .isEqualTo(author);
        assertThat(people.find(author.id()).orElseThrow().name()).isEqualTo("Ottoline Farnborough");
        assertThat(holding("Ottoline", "farnborough")).isEmpty();
    }

    @Test
    void who_was_kept_readable_once_is_encrypted_after_the_next_start() throws Exception {
        var person = people.known("before", "perpetua@example.org", "Perpetua Holloway");
        asBefore(person.id(), "Perpetua Holloway", "perpetua@example.org");
        assertThat(holding("Perpetua Holloway")).containsExactly("identity.actor");
        assertThat(people.known("before", "perpetua@example.org", "Another").name())
                .isEqualTo("Perpetua Holloway");

        sealed();

        assertThat(holding("Perpetua", "perpetua@")).isEmpty();
        assertThat(people.known("before", "perpetua@example.org", "Another")).isEqualTo(person);
    }

    @Test
    void what_people_call_themselves_elsewhere_is_encrypted_after_the_next_start_and_read_as_before() throws Exception {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var account = accounts.add("Philippa Thornbury", "philippa@example.org", Set.of("developer"), founder);
        var person = people.actor(account.id(), "page");
        context.getBean(Products.class).create("PLAIN", "Plain", founder);
        var host = new ToldByAHost(context, "PLAIN", founder);
        host.named("pthornbury", person, founder);
        host.reviewed("a".repeat(40), "pthornbury").pushed("b".repeat(40), "pthornbury", "");
        CalledByADirectory.in(context, person, "pt@thornbury");
        Labelled.in(context, person, "Thornbury's phone", "Thornbury's laptop");
        try (var owner = fixture.asOwner();
                var statement = owner.createStatement()) {
            host.asBefore(owner, "pthornbury", person.id());
            for (var sql : List.of(
                    "update identity.passkey set name = 'Thornbury''s phone', name_key = null, name_sealed = null",
                    "update identity.personal_token set name = 'Thornbury''s laptop', name_key = null, name_sealed = null",
                    "update scim.person set external_id = 'pt@thornbury', external_id_key = null,"
                            + " external_id_sealed = null, external_id_index = null")) {
                statement.executeUpdate(sql + " where person = '" + person.id().substring("person:".length()) + "'");
            }
        }
        assertThat(holding("thornbury"))
                .contains(
                        "identity.passkey",
                        "identity.personal_token",
                        "scim.person",
                        "source.account",
                        "source.change",
                        "source.commit",
                        "source.review");
        readableAsBefore(host, person, founder);

        sealed();

        assertThat(holding("thornbury")).isEmpty();
        readableAsBefore(host, person, founder);
    }

    @Test
    void who_is_erased_before_what_was_readable_is_encrypted_is_gone_all_the_same() throws Exception {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var account = accounts.add("Cordelia Ashgrove", "cordelia@example.org", Set.of("developer"), founder);
        var person = people.actor(account.id(), "page");
        context.getBean(Products.class).create("PLAINER", "Plainer", founder);
        var host = new ToldByAHost(context, "PLAINER", founder);
        host.reviewed("a".repeat(40), "ashgrove");
        host.named("ashgrove", person, founder);
        host.pushed("b".repeat(40), "ashgrove", "");
        try (var owner = fixture.asOwner()) {
            host.asBefore(owner, "ashgrove", person.id());
        }
        assertThat(holding("ashgrove")).contains("source.commit", "source.review");

        var erasures = context.getBean(Erasures.class);
        erasures.ask(person.id(), administrator("Ask"));
        erasures.approve(person.id(), administrator("Approve"));

        assertThat(holding("ashgrove", "cordelia")).isEmpty();
        host.reviewed("a".repeat(40), "ashgrove");
        assertThat(host.authors(founder)).hasSize(2).allMatch(author -> author.startsWith("somebody erased"));
        sealed();
        assertThat(host.authors(founder)).hasSize(2).allMatch(author -> author.startsWith("somebody erased"));
    }

    private Actor administrator(String name) {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        return people.actor(
                accounts.add(name, name + "@plain.example", Set.of("administrator"), founder)
                        .id(),
                "page");
    }

    private void readableAsBefore(ToldByAHost host, Actor person, Actor reader) {
        assertThat(host.authors(reader)).containsExactlyInAnyOrder("pthornbury", "pthornbury");
        assertThat(host.whose("pthornbury")).containsExactly(person.id());
        assertThat(Labelled.names(context, person)).containsExactly("Thornbury's phone", "Thornbury's laptop");
        assertThat(CalledByADirectory.called(context, "pt@thornbury"))
                .extracting(id -> "person:" + id)
                .containsExactly(person.id());
        assertThat(CalledByADirectory.called(context, "PT@thornbury")).isEmpty();
    }

    /// What the server does once after its start, to the end.
    private void sealed() {
        for (var store : stores) {
            transaction.executeWithoutResult(open -> {
                while (store.perKey().containsKey(SealedStore.PLAIN)) {
                    assertThat(store.renew(100)).as(store.says()).isPositive();
                }
            });
        }
    }

    private void asBefore(String person, String name, String externalId) throws SQLException {
        try (var connection = fixture.asOwner();
                var statement = connection.prepareStatement("""
                        update identity.actor
                           set name = ?, name_key = null, name_sealed = null, external_id = ?, external_id_key = null,
                               external_id_sealed = null, external_id_index = null
                         where id = ?::uuid
                        """)) {
            statement.setString(1, name);
            statement.setString(2, externalId);
            statement.setString(3, person.substring("person:".length()));
            statement.executeUpdate();
        }
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
