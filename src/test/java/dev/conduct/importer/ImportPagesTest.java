package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.shell.Assets;
import dev.conduct.shell.Frame;
import dev.conduct.shell.View;
import dev.conduct.shell.Words;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Statements;
import dev.conduct.work.Item;
import dev.conduct.work.ItemLists;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import dev.conduct.work.Projections;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.view.RedirectView;

/// The way through the import page: rehearse, answer what has no counterpart, run.
@ConductTest(properties = "test.alone=ImportPagesTest")
class ImportPagesTest {

    private static final Actor ADMIN = new Actor("system:test", "Test", Set.of("administrator"), "page");

    private final ImportPages pages;
    private final Products products;
    private final Html html;
    private final Assets assets;
    private final JdbcClient database;
    private final ImportWork work;
    private final ColumnPages columns;
    private final Items items;
    private final ItemLists lists;
    private final Ledger ledger;
    private final Projections projections;
    private final Accounts accounts;
    private final Uploads uploads;

    ImportPagesTest(
            ImportPages pages,
            Products products,
            Html html,
            Assets assets,
            JdbcClient database,
            ImportWork work,
            ColumnPages columns,
            Items items,
            ItemLists lists,
            Ledger ledger,
            Projections projections,
            Accounts accounts,
            Uploads uploads) {
        this.uploads = uploads;
        this.accounts = accounts;
        this.work = work;
        this.columns = columns;
        this.items = items;
        this.lists = lists;
        this.ledger = ledger;
        this.projections = projections;
        this.pages = pages;
        this.products = products;
        this.html = html;
        this.assets = assets;
        this.database = database;
    }

    @Test
    void a_word_without_a_counterpart_is_asked_for_answered_and_then_imported() throws Exception {
        products.create("PAGE1", "Import", ADMIN);
        var bytes = Files.readAllBytes(Corpus.own("jira-broken.jsonl"));
        var mapping =
                new MockMultipartFile("mapping", "m.yaml", null, "source: page1\n".getBytes(StandardCharsets.UTF_8));
        List<MultipartFile> files = List.of(new MockMultipartFile("file", "<b>issues.jsonl", null, bytes));

        var id = id(pages.upload("jira", "PAGE1", mapping, files, ADMIN));
        var asked = rendered(pages.account(id, ADMIN));
        var form = new LinkedMultiValueMap<String, String>();
        form.add("state|Awaiting Parts", "assigned");
        pages.answer(id, form, ADMIN);
        var answered = rendered(pages.account(id, ADMIN));
        pages.run(id, ADMIN);
        var waiting = rendered(pages.account(id, ADMIN));
        work();
        var done = rendered(pages.account(id, ADMIN));

        assertThat(asked)
                .contains("name=\"state|Awaiting Parts\"")
                .contains("<dd id=\"imported\">2</dd>")
                .contains("&lt;b&gt;issues.jsonl:3")
                .doesNotContain("<b>issues");
        assertThat(answered).doesNotContain("state|Awaiting Parts").contains("<dd id=\"imported\">3</dd>");
        assertThat(waiting).contains("hx-trigger=\"every 2s\"").contains("0 of 6");
        assertThat(done)
                .doesNotContain("hx-trigger")
                .contains("Every act stands in the history")
                .contains("<dd id=\"imported\">3</dd>");
        assertThat(database.sql("select count(*) from work.item where product = 'PAGE1'")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        assertThatThrownBy(() -> pages.run(id, ADMIN)).isInstanceOf(Problem.class);
    }

    @Test
    void people_of_the_files_are_guessed_shown_as_guesses_and_become_whoever_somebody_says() throws Exception {
        products.create("PAGE5", "Import", ADMIN);
        var mei = accounts.add("Mei Lindqvist", "mei@page5.example", Set.of("developer"), ADMIN);
        var id = brought("PAGE5");

        var asked = rendered(pages.account(id, ADMIN));
        var form = new LinkedMultiValueMap<String, String>();
        form.add("person|mei", "nobody@page5.example");
        var refused = rendered((View) pages.answer(id, form, ADMIN));
        form.set("person|mei", "mei@page5.example");
        pages.answer(id, form, ADMIN);
        var answered = rendered(pages.account(id, ADMIN));
        assertThat(accounts(id)).contains("Mei Lindqvist");
        pages.run(id, ADMIN);
        work();

        assertThat(accounts(id))
                .as("kept when the files are gone")
                .contains("acts")
                .doesNotContain("Mei Lindqvist");
        assertThat(asked).contains("Guessed: <b>mei@page5.example</b>").contains("Mei Lindqvist (mei)");
        assertThat(refused).contains("nobody@page5.example names nobody here").contains("account here");
        assertThat(answered).contains("value=\"mei@page5.example\"").doesNotContain("Guessed: <b>mei");
        assertThat(lists.page("product:PAGE5", null, null, ADMIN).items())
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.reporter()).isEqualTo(mei.id()));
    }

    @Test
    void whoever_many_are_in_the_files_they_are_looked_up_at_once() throws Exception {
        products.create("PAGE6", "Import", ADMIN);
        var id = brought("PAGE6");
        var form = new LinkedMultiValueMap<String, String>();
        for (var n = 0; n < 40; n++) {
            form.add("person|somebody-" + n, "somebody-" + n + "@page6.example");
        }

        var sent = Statements.of(() -> assertThat(pages.answer(id, form, ADMIN)).isInstanceOf(View.class));

        assertThat(sent).filteredOn(sql -> sql.contains("from identity.actor")).hasSizeLessThan(10);
    }

    @Test
    void an_import_is_undone_but_for_what_somebody_has_touched_since() throws Exception {
        products.create("PAGE3", "Import", ADMIN);
        var id = brought("PAGE3");
        pages.run(id, ADMIN);
        work();
        items.comment("PAGE3-2", "Seen it", null, ADMIN);

        pages.undo(id, ADMIN);
        work();

        assertThat(rendered(pages.account(id, ADMIN)))
                .contains("2 records are gone")
                .contains("/items/PAGE3-2")
                .contains("Somebody has worked on it here.");
        assertThat(lists.page("product:PAGE3", null, null, ADMIN).items())
                .extracting(Item::key)
                .containsExactly("PAGE3-2");
        assertThatThrownBy(() -> items.findVisible("PAGE3-1", ADMIN)).isInstanceOf(Problem.class);
        assertThat(ledger.eventsOf("item:PAGE3-1").getLast().action()).isEqualTo("item.withdraw");
        assertThat(projections.check()).isEmpty();
        assertThat(rendered(pages.form(null))).contains("/admin/import/" + id);
        assertThatThrownBy(() -> pages.undo(id, ADMIN)).isInstanceOf(Problem.class);
        var again = brought("PAGE3");
        pages.run(again, ADMIN);
        work();
        assertThat(lists.page("product:PAGE3", null, null, ADMIN).items()).hasSize(3);
        assertThat(projections.check()).isEmpty();
    }

    @Test
    void the_columns_of_a_list_are_guessed_shown_as_guesses_and_taken_as_chosen() throws Exception {
        products.create("PAGE4", "Import", ADMIN);
        var list = "Nr;Betreff;Status;Angelegt;Prio\n7;Dach undicht;neu;01.02.2024 08:30;1\n";
        List<MultipartFile> files =
                List.of(new MockMultipartFile("file", "roof.csv", null, list.getBytes(StandardCharsets.ISO_8859_1)));

        var asked = (RedirectView) pages.upload("csv", "PAGE4", null, files, ADMIN);
        var url = Objects.requireNonNull(asked.getUrl());
        var id = UUID.fromString(url.replaceAll(".*/import/|/columns", ""));
        var page = rendered(columns.ask(id, ADMIN));
        var form = new java.util.HashMap<String, String>();
        form.put("column|id", "Nr");
        form.put("column|state", "Status");
        form.put("column|created", "Angelegt");
        form.put("delimiter", ";");
        form.put("dates", "dd.MM.yyyy HH:mm");
        form.put("zone", "Europe/Berlin");
        form.put("source", "roof of " + id);
        var refused = rendered((View) columns.answer(id, form, ADMIN));
        form.put("column|title", "Betreff");
        columns.answer(id, form, ADMIN);
        var account = rendered(pages.account(id, ADMIN));

        assertThat(url).endsWith("/columns");
        assertThat(page)
                .contains("Guessed: <b>Nr</b>")
                .contains("Guessed: <b>Angelegt</b>")
                .contains("value=\"dd.MM.yyyy HH:mm\"")
                .contains("value=\";\"");
        assertThat(refused).contains("Title: choose the column.").contains("roof of " + id);
        assertThat(account).contains("State: neu").contains("name=\"state|neu\"");
    }

    private UUID brought(String product) throws Exception {
        var mapping = new MockMultipartFile(
                "mapping", "m.yaml", null, ("source: " + product + "\n").getBytes(StandardCharsets.UTF_8));
        List<MultipartFile> files = List.of(
                new MockMultipartFile("file", "a.json", null, Files.readAllBytes(Corpus.own("jira-search.json"))));
        return id(pages.upload("jira", product, mapping, files, ADMIN));
    }

    /// What is kept of an upload and its run.
    private String accounts(UUID id) {
        return database.sql("""
                        select concat((select account from importer.upload where id = :id),
                                      (select account from importer.run where id = :id))
                        """).param("id", id).query(String.class).single();
    }

    private void work() {
        while (work.next()) {
            // until nothing waits
        }
    }

    @Test
    void an_upload_is_seen_by_nobody_else() throws Exception {
        products.create("PAGE2", "Import", ADMIN);
        List<MultipartFile> files = List.of(
                new MockMultipartFile("file", "a.json", null, Files.readAllBytes(Corpus.own("jira-search.json"))));
        var id = id(pages.upload("jira", "PAGE2", null, files, ADMIN));
        var other = new Actor("system:other", "Other", Set.of("administrator"), "page");

        assertThatThrownBy(() -> pages.account(id, other))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
        uploads.tidy();
        assertThat(accounts(id)).isNotEmpty();
        database.sql("update importer.upload set uploaded_at = uploaded_at - interval '25 hours' where id = :id")
                .param("id", id)
                .update();
        uploads.tidy();
        assertThat(accounts(id)).as("a day later").isEmpty();
    }

    @Test
    void what_is_wrong_is_told_above_the_form() {
        var view = (View) pages.upload("jira", "NOWHERE", null, null, ADMIN);

        assertThat(rendered(view)).contains("The import was not rehearsed").contains("Choose the file to import");
    }

    private static UUID id(Object answer) {
        var url = Objects.requireNonNull(((RedirectView) answer).getUrl());
        return UUID.fromString(url.substring(url.lastIndexOf('/') + 1));
    }

    private String rendered(View view) {
        var frame = new Frame(
                ADMIN,
                "T",
                "",
                "/admin/import",
                "/admin/import",
                "",
                false,
                new Words(ZoneOffset.UTC, Instant.parse("2026-11-23T09:00:00Z")),
                List.of(),
                List.of(),
                "",
                null,
                assets);
        return html.render(view.template(), Map.of("view", view, "frame", frame));
    }
}
