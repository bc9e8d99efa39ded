package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.acceptance.SaidOfABuild;
import dev.conduct.database.Readers;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.Labelled;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.Rotations;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerCheck;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.mail.Sent;
import dev.conduct.scim.CalledByADirectory;
import dev.conduct.shell.PersonalDuties;
import dev.conduct.source.ToldByAHost;
import dev.conduct.standards.Taught;
import dev.conduct.support.ConductTest;
import dev.conduct.support.SecondNode;
import dev.conduct.testing.NotedInARun;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Who is erased is nowhere any more: not in a table, not in the search, not in the ledger, which still verifies; and
/// an older database that knows the person again forgets once more before it serves.
@ConductTest(properties = {"test.alone=ErasureTest", "conduct.scheduling=false"})
class ErasureTest {

    private static final List<String> TRACES = List.of(
            "Rosalind",
            "rosalind@example.org",
            "zanzibar",
            "quetzalcoatl",
            "rosalinds-phone",
            "rosalind-moor",
            "r.moor@directory",
            "palimpsest",
            "xylophone",
            "marzipan",
            "kaleidoscope",
            "periwinkle");

    private final Accounts accounts;
    private final Clients clients;
    private final People people;
    private final Erasures erasures;
    private final Items items;
    private final Attachments attachments;
    private final Products products;
    private final Projections projections;
    private final Ledger ledger;
    private final LedgerCheck check;
    private final Readers readers;
    private final LedgerFixture fixture;
    private final ConfigurableApplicationContext context;
    private final Subjects subjects;
    private final TransactionTemplate transaction;
    private final Sent sent;
    private final Rotations rotations;
    private final JdbcClient database;

    ErasureTest(
            Accounts accounts,
            Clients clients,
            People people,
            Erasures erasures,
            Items items,
            Attachments attachments,
            Products products,
            Projections projections,
            Ledger ledger,
            LedgerCheck check,
            Readers readers,
            Environment environment,
            ConfigurableApplicationContext context,
            Subjects subjects,
            TransactionTemplate transaction,
            Sent sent,
            Rotations rotations,
            JdbcClient database) {
        this.rotations = rotations;
        this.database = database;
        this.subjects = subjects;
        this.transaction = transaction;
        this.sent = sent;
        this.accounts = accounts;
        this.clients = clients;
        this.people = people;
        this.erasures = erasures;
        this.items = items;
        this.attachments = attachments;
        this.products = products;
        this.projections = projections;
        this.ledger = ledger;
        this.check = check;
        this.readers = readers;
        this.fixture = new LedgerFixture(environment);
        this.context = context;
    }

    private List<String> owedBy(Actor actor) {
        return context.getBeansOfType(PersonalDuties.class).values().stream()
                .flatMap(duties -> duties.of(actor).stream())
                .map(PersonalDuties.Owed::does)
                .toList();
    }

    @Test
    void an_erased_person_is_nowhere_and_everything_else_holds() throws Exception {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var ada = person("Ada Berg", "ada@example.org", Set.of("administrator"), founder);
        var ben = person("Ben Lund", "ben@example.org", Set.of("administrator"), founder);
        products.create("ERASE", "Erasing", ada);
        var host = new ToldByAHost(context, "ERASE", ada)
                .pushed("a".repeat(40), "R. Moor", "Rosalind@example.org")
                .pushed("b".repeat(40), "Somebody Else", "somebody@example.org");
        var rosa = person("Rosalind Moor", "rosalind@example.org", Set.of("support", "project_manager", "qa"), ada);
        var fields = Map.<String, Object>of("severity", "high", "steps", "Press save");
        var bug = items.report(
                new Items.Report("bug", "ERASE", "Saving fails", "Call me in zanzibar.", fields, null, null), rosa);
        items.comment(bug.key(), "The quetzalcoatl is mine.", null, rosa);
        items.comment(bug.key(), "This one stays.", null, ada);
        attachments.attach(bug.key(), "rosalinds-phone.txt", new ByteArrayResource(new byte[] {1, 2, 3}), rosa);
        items.edit(new Items.Edit(bug.key(), null, "Call me in palimpsest.", Map.of(), null, null, null), rosa);
        items.restrict(new Items.Restriction(bug.key(), List.of(), null), rosa);
        products.show("ERASE", true, ada);
        database.sql("""
                        insert into quality.triage (product, shape, cause, note, decided_by, decided_at)
                        values ('ERASE', gen_random_uuid(), 'product', 'A palimpsest of failures', :rosa, now())
                        """).param("rosa", rosa.id()).update();
        SaidOfABuild.in(context, "ERASE", ada, rosa, "The xylophone is flat.", "No marzipan.", "The receipt is blue.");
        NotedInARun.in(context, "ERASE", rosa, "I saw a periwinkle.", "A kaleidoscope.", ada, "Paid at once.");
        host.reviewed("e".repeat(40), "rosalind-moor");
        var onlyALogin = people.known("GitHub", "rosalind-moor", "rosalind-moor");
        assertThat(onlyALogin.name()).isEqualTo("rosalind-moor");
        host.named("rosalind-moor", rosa, ada);
        host.pushed("c".repeat(40), "rosalind-moor", "")
                .pushed("d".repeat(40), "Rosalind Moor", "rosalind@example.org");
        CalledByADirectory.in(context, rosa, "r.moor@directory");
        Labelled.in(context, rosa, "Rosalind's phone", "Rosalind's laptop");
        Taught.in(context, "ERASE", "Rosalind Moor", ada, ben);
        assertThat(host.authors(ada))
                .containsExactlyInAnyOrder(
                        "R. Moor", "Somebody Else", "rosalind-moor", "rosalind-moor", "Rosalind Moor");
        assertThat(Labelled.names(context, rosa)).containsExactly("Rosalind's phone", "Rosalind's laptop");
        assertThat(tracesOf(List.of("Rosalind Moor", "R. Moor", "rosalind-moor", "r.moor@directory", "s laptop")))
                .as("what whoever reads the database learns without a key")
                .isEmpty();
        assertThat(ledger.eventsOf(rosa.id()).toString()).contains("rosalind-moor");
        assertThat(tracesOf(TRACES)).as("there is something to erase").isNotEmpty();
        var backup = snapshot(rosa.id());

        erasures.ask(rosa.id(), ada);
        assertThatThrownBy(() -> erasures.approve(rosa.id(), ada))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("second person");
        assertThatThrownBy(() -> erasures.ask(rosa.id(), ben)).hasMessageContaining("asked for already");
        assertThat(erasures.waitingFor(ben)).isGreaterThan(erasures.waitingFor(ada));
        assertThat(owedBy(ben)).contains("Decide on erasures");
        // Whoever approves may see neither the bug nor its product.
        readers.is(new Readers.Reader("products", ben.id(), "", "{}", "{}"));
        try {
            erasures.approve(rosa.id(), ben);
        } finally {
            readers.end();
        }

        assertThat(tracesOf(TRACES)).isEmpty();
        assertThat(people.find(rosa.id()).orElseThrow().name()).isEqualTo("Erased person");
        assertThat(people.find(onlyALogin.id()).orElseThrow().name()).isEqualTo("Erased person");
        assertThat(host.authors(ada))
                .filteredOn(author -> !author.equals("Somebody Else"))
                .hasSize(4)
                .allMatch(author -> author.startsWith("somebody erased "));
        var events = ledger.eventsOf("item:" + bug.key());
        assertThat(events.toString()).contains("Saving fails", "This one stays.", "Press save");
        assertThat(tracesOf(List.of("The receipt is blue.", "Paid at once."))).hasSize(2);
        assertThat(ledger.eventsOf(rosa.id()).toString()).doesNotContain("rosalind-moor");
        assertThat(ledger.eventsOf(rosa.id()).getLast().action()).isEqualTo("person.erase");
        assertThat(projections.check()).isEmpty();
        LedgerFixture.until(
                () -> ledger.status().checkpointSize() == ledger.status().size());
        assertThat(check.check().broken()).isNull();

        // An older backup is restored beside the key folder: the person is known again, and is not when it serves.
        bringBack(backup, rosa.id());
        assertThat(knownByName(rosa.id())).isTrue();
        try (var node = SecondNode.beside(context, Map.of("conduct.scheduling", false))) {
            assertThat(node.bean(People.class).find(rosa.id()).orElseThrow().name())
                    .isEqualTo("Erased person");
            assertThat(tracesOf(TRACES)).isEmpty();
            assertThat(knownByName(rosa.id())).isFalse();
            assertThat(node.bean(Ledger.class).eventsOf(rosa.id()).getLast().data())
                    .containsEntry("again", true);
        }
    }

    @Test
    void without_the_key_a_name_an_address_and_letters_are_gone_by_themselves_on_every_node() {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var greta = person("Greta Holm", "greta@example.org", Set.of("support"), founder);
        accounts.invite(greta.id(), founder);
        assertThat(sent.to("greta@example.org"))
                .extracting(Sent.Seen::text)
                .anyMatch(text -> text.contains("/invitation?token="));
        try (var node = SecondNode.beside(context, Map.of("conduct.scheduling", true))) {
            var there = node.bean(People.class);
            assertThat(there.find(greta.id()).orElseThrow().name()).isEqualTo("Greta Holm");

            transaction.executeWithoutResult(open -> subjects.destroy(greta.id()));

            assertThat(people.find(greta.id()).orElseThrow().name()).isEqualTo("Erased person");
            assertThat(people.find(greta.id()).orElseThrow().email()).isNull();
            assertThat(people.named("greta", 5)).isEmpty();
            assertThat(sent.to("greta@example.org"))
                    .isNotEmpty()
                    .allMatch(letter ->
                            letter.subject().isEmpty() && letter.text().isEmpty());
            LedgerFixture.until(
                    () -> there.find(greta.id()).orElseThrow().name().equals("Erased person"));
        }
    }

    @Test
    void what_another_node_erased_is_written_no_more_and_stops_no_rotation() {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var hana = person("Hana Lund", "hana@example.org", Set.of("support"), founder);
        var emma = person("Emma Krag", "emma@example.org", Set.of("support"), founder);
        for (var gone : List.of(hana, emma)) {
            database.sql("update keys.subject set wrapped = null, erased_at = now() where name = :name")
                    .param("name", gone.id())
                    .update();
        }
        // This node has not looked since.
        assertThat(people.find(hana.id()).orElseThrow().name()).isEqualTo("Hana Lund");
        assertThat(subjects.present(hana.id())).isTrue();
        accounts.invite(hana.id(), founder);
        assertThat(sent.to("hana@example.org")).isEmpty();

        transaction.executeWithoutResult(open -> List.of(hana, emma).forEach(gone -> subjects.destroy(gone.id())));
        database.sql("update identity.actor set name = 'Emma Krag', name_key = null, name_sealed = null,"
                        + " email = 'emma@example.org', email_key = null, email_sealed = null, email_index = null"
                        + " where id = cast(:id as uuid)")
                .param("id", emma.id().substring("person:".length()))
                .update();
        for (var purpose : List.of(Purpose.INDEXES, Purpose.SUBJECTS)) {
            var rotation = rotations.begin(purpose, "system:test", "cli");
            var now = rotation.startedAt();
            while (now.equals(rotations.step(now))) {
                assertThat(rotations.find(rotation.id()).finishedAt()).isNull();
            }
            rotations.step(now.plusSeconds(60));
            assertThat(rotations.find(rotation.id()).finishedAt())
                    .as(purpose.word())
                    .isNotNull();
        }
        for (var gone : List.of(hana, emma)) {
            assertThat(people.find(gone.id()).orElseThrow().name()).isEqualTo("Erased person");
            assertThat(people.find(gone.id()).orElseThrow().email()).isNull();
        }
    }

    @Test
    void a_program_is_no_second_person_beside_its_owner() {
        var founder = new Actor("system:test", "test", Set.of("administrator"), "cli");
        var cora = person("Cora Lind", "cora@example.org", Set.of("administrator"), founder);
        var dora = person("Dora Falk", "dora@example.org", Set.of("administrator"), founder);
        var emil = person("Emil Voss", "emil@example.org", Set.of("support"), founder);
        var ofCora = program(cora);
        var madeByIt = program(ofCora);
        var ofDora = program(dora);

        erasures.ask(emil.id(), cora);
        for (var same : List.of(cora, ofCora, madeByIt)) {
            assertThatThrownBy(() -> erasures.approve(emil.id(), same)).hasMessageContaining("second person");
        }
        erasures.withdraw(emil.id(), cora);
        erasures.ask(emil.id(), ofCora);
        assertThatThrownBy(() -> erasures.approve(emil.id(), cora)).hasMessageContaining("second person");
        erasures.ask(dora.id(), cora);
        assertThatThrownBy(() -> erasures.approve(dora.id(), ofDora)).hasMessageContaining("own erasure");

        erasures.approve(emil.id(), ofDora);
        assertThat(people.find(emil.id()).orElseThrow().name()).isEqualTo("Erased person");
    }

    private Actor program(Actor by) {
        var key = clients.create("A program of " + by.id(), Set.of("administrator"), by.id(), by.via());
        var id = key.clientId().startsWith("client:") ? key.clientId() : "client:" + key.clientId();
        return new Actor(id, "A program", Set.of("administrator"), "api");
    }

    private Actor person(String name, String email, Set<String> roles, Actor by) {
        return people.actor(accounts.add(name, email, roles, by).id(), "page");
    }

    /// Every table that holds one of the words, in whatever column.
    private List<String> tracesOf(List<String> words) throws SQLException {
        var found = new ArrayList<String>();
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
                for (var word : words) {
                    try (var row = statement.executeQuery("select count(*) from " + table + " t where t::text ilike '%"
                            + word + "%' or t::text like '%" + hex(word) + "%'")) {
                        row.next();
                        if (row.getLong(1) > 0) {
                            found.add(table + ": " + word);
                        }
                    }
                }
            }
        }
        return found;
    }

    /// As bytes appear in a row's text.
    private static String hex(String word) {
        return java.util.HexFormat.of().formatHex(word.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private record Known(byte[] wrapped, long key, byte[] name) {}

    private Known snapshot(String person) throws SQLException {
        try (var connection = fixture.asOwner();
                var statement = connection.prepareStatement("select subject.wrapped, actor.name_key, actor.name_sealed"
                        + " from keys.subject, identity.actor where subject.name = ? and actor.id = ?::uuid")) {
            statement.setString(1, person);
            statement.setString(2, person.substring("person:".length()));
            try (var row = statement.executeQuery()) {
                row.next();
                return new Known(row.getBytes(1), row.getLong(2), row.getBytes(3));
            }
        }
    }

    private boolean knownByName(String person) throws SQLException {
        try (var connection = fixture.asOwner();
                var statement = connection.prepareStatement(
                        "select name is not null or name_sealed is not null from identity.actor where id = ?::uuid")) {
            statement.setString(1, person.substring("person:".length()));
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private void bringBack(Known known, String person) throws SQLException {
        try (var connection = fixture.asOwner()) {
            try (var subject = connection.prepareStatement(
                    "update keys.subject set wrapped = ?, erased_at = null where name = ?")) {
                subject.setBytes(1, known.wrapped());
                subject.setString(2, person);
                subject.executeUpdate();
            }
            try (var actor = connection.prepareStatement(
                    "update identity.actor set name_key = ?, name_sealed = ?, active = true where id = ?::uuid")) {
                actor.setLong(1, known.key());
                actor.setBytes(2, known.name());
                actor.setString(3, person.substring("person:".length()));
                actor.executeUpdate();
            }
            try (var erasure = connection.createStatement()) {
                erasure.executeUpdate("delete from identity.erasure");
            }
        }
    }
}
