package dev.conduct.importer;

import static dev.conduct.importer.Corpus.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Imports through the one door, into a real database.
@ConductTest
class ImportsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMIN = new Actor("system:test", "Test", Set.of("administrator"), "api");

    @TempDir
    private Path folder;

    private final Imports imports;
    private final Items items;
    private final Products products;
    private final People people;
    private final Ledger ledger;
    private final JdbcClient database;
    private String product = "";
    private String source = "";

    ImportsTest(Imports imports, Items items, Products products, People people, Ledger ledger, JdbcClient database) {
        this.imports = imports;
        this.items = items;
        this.products = products;
        this.people = people;
        this.ledger = ledger;
        this.database = database;
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "IMP" + COUNT.incrementAndGet();
        source = "source-" + product;
        products.create(product, "Import", ADMIN);
    }

    @Test
    void history_comes_with_its_times_authors_and_states() {
        var account = imports.run(jira("jira-one.json"), ADMIN);

        assertThat(account.imported()).isEqualTo(1);
        var item = items.findVisible(product + "-1", ADMIN);
        assertThat(item.title()).isEqualTo("Totals are rounded twice");
        assertThat(item.state()).isEqualTo("closed");
        assertThat(item.createdAt()).isEqualTo(Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(item.fields()).containsEntry("priority", "critical").containsEntry("component", "Billing");
        var events = ledger.eventsOf("item:" + product + "-1");
        assertThat(events).hasSize(Math.toIntExact(account.events()));
        assertThat(events).allMatch(event -> event.via().equals("import"));
        assertThat(events.stream()
                        .filter(event -> event.action().equals("item.transition"))
                        .map(event -> event.occurredAt().toString()))
                .containsExactly(
                        "2026-01-06T08:00:00Z", "2026-01-07T08:00:00Z", "2026-01-08T11:00:00Z", "2026-01-09T16:00:00Z");
        assertThat(people.find(item.reporter()).orElseThrow().name()).isEqualTo("Mei Lindqvist");
    }

    @Test
    void importing_twice_takes_nothing_twice() {
        var first = imports.run(jira("jira-search.json", "jira-one.json"), ADMIN);
        var counted = entries();
        var second = imports.run(jira("jira-search.json", "jira-one.json"), ADMIN);

        assertThat(first.imported()).isEqualTo(4);
        assertThat(second.imported()).isZero();
        assertThat(second.merged()).isEqualTo(4);
        assertThat(second.events()).isZero();
        // The import as a whole is one entry.
        assertThat(entries()).isEqualTo(counted + 1);
    }

    @Test
    void a_newer_export_adds_only_what_is_new() {
        imports.run(jira("jira-one.json"), ADMIN);
        var account = imports.run(jira("jira-one-newer.json"), ADMIN);

        assertThat(account.merged()).isEqualTo(1);
        assertThat(account.events()).isEqualTo(2);
        assertThat(items.findVisible(product + "-1", ADMIN).state()).isEqualTo("logged");
    }

    @Test
    void a_rehearsal_gives_the_account_of_the_run_and_leaves_nothing() {
        var order = jira("jira-one.json", "jira-search.json", "jira-broken.jsonl", "jira-one-newer.json");
        var before = rows();

        var rehearsed = imports.rehearse(order, ADMIN);

        assertThat(rows()).isEqualTo(before);
        assertThat(rehearsed).isEqualTo(imports.run(order, ADMIN));
        assertThat(rehearsed.imported()).isGreaterThan(4);
        assertThat(rehearsed).isNotEqualTo(imports.run(order, ADMIN));
        assertThat(imports.rehearse(order, ADMIN)).isEqualTo(imports.run(order, ADMIN));
    }

    @Test
    void what_breaks_off_half_way_is_completed_by_running_it_again() throws IOException {
        var lines = new StringBuilder();
        for (var i = 1; i <= 450; i++) {
            lines.append("""
                    {"key":"L-%d","fields":{"summary":"Issue %d","created":"2026-03-01T08:00:00.000+0000",\
                    "status":{"name":"Open"},"reporter":{"key":"mei","displayName":"Mei Lindqvist"}}}
                    """.formatted(i, i));
        }
        var file = Files.writeString(folder.resolve("many.jsonl"), lines.toString());

        assertThatThrownBy(() -> imports.run(order(ImportFormat.JIRA, file, folder), ADMIN))
                .isInstanceOf(Problem.class);
        var account = imports.run(order(ImportFormat.JIRA, file), ADMIN);

        assertThat(account.read()).isEqualTo(450);
        assertThat(account.merged()).isEqualTo(400);
        assertThat(account.imported()).isEqualTo(50);
        assertThat(imports.run(order(ImportFormat.JIRA, file), ADMIN).merged()).isEqualTo(450);
    }

    @Test
    void a_broken_record_is_refused_by_name_and_the_rest_goes_on() {
        var account = imports.run(jira("jira-broken.jsonl"), ADMIN);

        assertThat(account.read()).isEqualTo(6);
        assertThat(account.imported()).isEqualTo(2);
        assertThat(account.reasons())
                .extracting(reason -> reason.at() + " " + reason.id())
                .containsExactlyInAnyOrder(
                        "jira-broken.jsonl:2 ",
                        "jira-broken.jsonl:3 PAY-23",
                        "jira-broken.jsonl:4 PAY-24",
                        "jira-broken.jsonl:5 PAY-25");
        assertThat(account.unmapped()).isEqualTo(java.util.Map.of("state", java.util.Map.of("Awaiting Parts", 1)));
    }

    @Test
    void links_find_issues_that_come_later() {
        var account = imports.run(jira("jira-one.json", "jira-search.json"), ADMIN);

        assertThat(items.caseOf(product + "-1").links()).hasSize(1);
        assertThat(account.lost()).doesNotContainKey("links to issues that are not here");
    }

    @Test
    void nobody_gains_a_right_by_being_named_in_a_file() throws IOException {
        var text = Files.readString(own("jira-one.json"))
                .replace("Mei Lindqvist", "Administrator")
                .replace("a-mei", "administrator\",\"roles\":[\"administrator\"],\"x\":\"");
        var file = Files.writeString(folder.resolve("rights.json"), text);

        imports.run(order(ImportFormat.JIRA, file), ADMIN);

        var reporter =
                people.find(items.findVisible(product + "-1", ADMIN).reporter()).orElseThrow();
        assertThat(reporter.name()).isEqualTo("Administrator");
        assertThat(reporter.roles()).isEmpty();
        assertThat(reporter.email()).isNull();
        assertThat(reporter.active()).isFalse();
        assertThatThrownBy(() -> people.actor(reporter.id(), "api")).isInstanceOf(Problem.class);
        assertThat(people.holding(Set.of())).extracting(People.Person::id).doesNotContain(reporter.id());
    }

    @Test
    void two_lists_that_nobody_named_do_not_become_one() throws IOException {
        var mapping = """
                columns: {id: Nr, title: Titel, state: Zustand, created: Angelegt}
                dates: [dd.MM.yyyy]
                states: {offen: logged}
                """;
        var head = "Nr,Titel,Zustand,Angelegt\n";
        var one = Files.writeString(folder.resolve("one.csv"), head + product + ".1,Dach undicht,offen,01.02.2024\n");
        var other = Files.writeString(
                folder.resolve("other.csv"),
                head + product + ".1,Login geht nicht,offen,03.02.2024\n" + product + ".2,Neu,offen,03.02.2024\n");

        var first = imports.run(list(one, mapping), ADMIN);
        var again = imports.run(list(one, mapping), ADMIN);
        var second = imports.run(list(other, mapping), ADMIN);
        var named = imports.run(list(other, "source: other list\n" + mapping), ADMIN);

        assertThat(first.imported()).isEqualTo(1);
        assertThat(again.merged()).isEqualTo(1);
        assertThat(second.imported()).isEqualTo(1);
        assertThat(second.refused()).isEqualTo(1);
        assertThat(second.reasons().getFirst().says())
                .contains(product + "-1 (Dach undicht)")
                .contains("`source: csv`");
        assertThat(named.imported()).isEqualTo(2);
        assertThat(items.findVisible(product + "-1", ADMIN).title()).isEqualTo("Dach undicht");
    }

    @Test
    void two_installations_of_one_kind_do_not_become_one_either() throws IOException {
        var id = Math.abs(product.hashCode());
        var bug = "{\"id\":%d,\"summary\":\"%s\",\"status\":\"NEW\",\"creation_time\":\"%s\",\"history\":[]}";
        var ours = Files.writeString(
                folder.resolve("ours.json"), bug.formatted(id, "Editor loses text", "2024-02-01T08:00:00Z"));
        var renamed = Files.writeString(
                folder.resolve("renamed.json"), bug.formatted(id, "Editor loses words", "2024-02-01T08:00:00Z"));
        var theirs = Files.writeString(
                folder.resolve("theirs.json"), bug.formatted(id, "Door squeaks", "2019-06-03T10:00:00Z"));

        var first = imports.run(bugzilla(ours), ADMIN);
        var newer = imports.run(bugzilla(renamed), ADMIN);
        var other = imports.run(bugzilla(theirs), ADMIN);

        assertThat(first.imported()).as(first.toString()).isEqualTo(1);
        assertThat(newer.merged()).as(newer.toString()).isEqualTo(1);
        assertThat(other.refused()).isEqualTo(1);
        assertThat(other.reasons().getFirst().says()).contains(product + "-1").contains("`source: bugzilla`");
    }

    private Imports.Order bugzilla(Path file) {
        return new Imports.Order(
                ImportFormat.BUGZILLA,
                product,
                List.of(new Imports.Source(file.getFileName().toString(), file)),
                List.of());
    }

    private Imports.Order list(Path file, String mapping) {
        return new Imports.Order(
                ImportFormat.CSV,
                product,
                List.of(new Imports.Source(file.getFileName().toString(), file)),
                List.of(new Imports.Overlay("mapping", mapping)));
    }

    @Test
    void whoever_may_not_import_is_refused() {
        var developer = new Actor("client:test", "Test", Set.of("developer"), "api");

        assertThatThrownBy(() -> imports.run(jira("jira-one.json"), developer))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void an_unknown_product_is_named() {
        var order = new Imports.Order(ImportFormat.JIRA, "NOWHERE", List.of(), List.of());

        assertThatThrownBy(() -> imports.run(order, ADMIN)).hasMessageContaining("`NOWHERE` is not a product");
    }

    private Imports.Order jira(String... names) {
        return order(ImportFormat.JIRA, Arrays.stream(names).map(Corpus::own).toArray(Path[]::new));
    }

    private Imports.Order order(ImportFormat format, Path... files) {
        return new Imports.Order(
                format,
                product,
                Arrays.stream(files)
                        .map(file -> new Imports.Source(String.valueOf(file.getFileName()), file))
                        .toList(),
                List.of(new Imports.Overlay("source", "source: " + source + "\n")));
    }

    private long entries() {
        return database.sql("select count(*) from ledger.event")
                .query(Long.class)
                .single();
    }

    /// Rows of every table, so that a table nobody thought of is seen too.
    private String rows() {
        return database.sql("""
                        select string_agg(table_schema || '.' || table_name || ' ' || (xpath('/row/n/text()',
                                   query_to_xml(format('select count(*) as n from %I.%I', table_schema, table_name),
                                                false, true, '')))[1]::text, ', ' order by table_schema, table_name)
                          from information_schema.tables
                         where table_type = 'BASE TABLE'
                           and table_schema in ('work', 'clock', 'identity', 'ledger', 'importer')
                           and table_name not in ('pending', 'leaf', 'tile', 'tree', 'checkpoint')
                        """).query(String.class).single();
    }
}
