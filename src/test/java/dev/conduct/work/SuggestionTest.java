package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest(properties = "test.alone=SuggestionTest")
class SuggestionTest {

    private static final String COMMIT = "a1b2c3d4e5f6";

    private final Items items;
    private final Products products;
    private final Experts experts;
    private final Assignees assignees;
    private final Clients clients;
    private final TestClock clock;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Cast cast;
    private final int port;

    SuggestionTest(
            Items items,
            Products products,
            People people,
            Experts experts,
            Assignees assignees,
            Clients clients,
            TestClock clock,
            JdbcClient database,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.transaction = new TransactionTemplate(transactions);
        this.items = items;
        this.products = products;
        this.experts = experts;
        this.assignees = assignees;
        this.clients = clients;
        this.clock = clock;
        this.database = database;
        this.port = port;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void who_owns_and_who_fixed_lately_comes_first_with_the_reason() {
        var olga = developer("Olga");
        var past = developer("Past");
        var late = developer("Late");
        component("doc-render", olga);
        component("export");
        fixed("doc-render", past);
        fixed("doc-render", past);
        fixed("export", past);
        clock.advance(Duration.ofDays(400));
        fixed("doc-render", late);
        var bug = fixed("doc-render", olga);

        var suggested = experts.suggest(cast.product, "doc-render");

        assertThat(suggested).extracting(Expert::id).containsExactly(olga.id(), late.id(), past.id());
        assertThat(suggested.getFirst().because()).isEqualTo("Owns doc-render; fixed 1 bug in it, the last today.");
        assertThat(suggested.get(2).because())
                .startsWith("Fixed 2 bugs in doc-render, the last on ")
                .matches(".* \\d{4}\\.");
        assertThat(assignees.of(bug, cast.lea).getFirst().label()).contains("Owns doc-render");

        var answered = new Api(port, clients, "support").get("/items/" + bug.key() + "/suggestions");
        assertThat(answered.json().findValuesAsString("id")).containsExactly(olga.id(), late.id(), past.id());
        assertThat(answered.json().get(0).get("because").stringValue()).contains("Owns");
    }

    @Test
    void a_fix_belongs_to_the_component_its_bug_belongs_to_now() {
        var dev = developer("Mover");
        component("first");
        component("second");
        var bug = fixed("first", dev);

        items.edit(new Items.Edit(bug.key(), null, null, Map.of("component", "second"), null, null, null), cast.sam);

        assertThat(experts.suggest(cast.product, "first")).isEmpty();
        assertThat(experts.suggest(cast.product, "second"))
                .extracting(Expert::id)
                .containsExactly(dev.id());
        assertThat(experts.suggest(cast.product, null).getFirst().because())
                .isEqualTo("Fixed 1 bug in " + cast.product + ", the last today.");
    }

    @Test
    void customers_are_not_told_who_works_on_what() {
        var customer = new Api(port, clients, "customer");
        var mine = customer.post(
                        "/items",
                        Map.of(
                                "type",
                                "bug",
                                "product",
                                cast.product,
                                "title",
                                "It crashes",
                                "fields",
                                Map.of("severity", "high", "steps", "Open it")))
                .text("key");

        assertThat(customer.get("/items/" + mine + "/suggestions").status()).isEqualTo(403);
        assertThat(assignees.of(items.findVisible(mine, cast.sam), actor(customer.actor, "customer")))
                .isEmpty();
    }

    @Test
    void watchers_are_who_asked_and_who_is_concerned_anyway() {
        var support = new Api(port, clients, "support");
        var bug = cast.reported();
        var watchers = "/items/" + bug.key() + "/watchers";

        support.post(watchers, Map.of());
        var with = support.get(watchers).json().toString();
        support.call("DELETE", watchers, null);
        var without = support.get(watchers).json().toString();

        assertThat(with).contains(support.actor, cast.carla.id());
        assertThat(without).doesNotContain(support.actor).contains(cast.carla.id());
        assertThat(support.get("/items/" + bug.key() + "/events").json().findValuesAsString("kind"))
                .containsSubsequence("item.watch", "item.unwatch");
    }

    @Test
    void similar_reports_are_found_among_a_hundred_thousand_by_the_index() {
        var mine = new Api(port, clients, "support");
        var customer = new Api(port, clients, "customer");
        crowd(100_000);
        cast.reported("Footnotes of a document swallow the last line", Map.of("severity", "high"));

        var title = "document%20footnotes%20swallow%20last%20line";
        var found = mine.get("/items/similar?product=" + cast.product + "&title=" + title);
        var elsewhere = mine.get("/items/similar?product=NONE&title=" + title);
        var unseen = customer.get("/items/similar?title=" + title);

        assertThat(found.json().findValuesAsString("title"))
                .first()
                .isEqualTo("Footnotes of a document swallow the last line");
        assertThat(found.json().size()).isLessThanOrEqualTo(5);
        assertThat(elsewhere.json().size()).isZero();
        assertThat(unseen.json().size()).isZero();
        var plan = String.join("\n", plan("editor loses last line of document"));
        assertThat(plan)
                .contains("Bitmap Index Scan on item_words_title_words ")
                .contains("Bitmap Index Scan on item_words_title ")
                .doesNotContain("Seq Scan");
        for (var slip : List.of(
                "Fotnotes%20of%20a%20document%20swallow%20the%20last%20line",
                "Swallowing%20footnotes%20of%20last%20documents",
                "Footnotse%20in%20document%20swallow%20last%20line",
                "Footnotez%20swalloz%20documend%20lasst%20line")) {
            assertThat(mine.get("/items/similar?product=" + cast.product + "&title=" + slip)
                            .json()
                            .findValuesAsString("title"))
                    .as(slip)
                    .first()
                    .isEqualTo("Footnotes of a document swallow the last line");
        }
        assertThat(mine.get("/items/similar?title=%00aaaaaaaaaa").status()).isEqualTo(400);
        assertThat(mine.get("/items/similar?title=" + "a".repeat(2_000)).status())
                .isEqualTo(400);
    }

    private List<String> plan(String title) {
        var asked = new AlikeRows.Asked("bug", cast.product, title);
        return Objects.requireNonNull(transaction.execute(status -> {
            var _ = database.sql(AlikeRows.BY_INDEX).query(String.class).single();
            return database.sql("explain analyze " + AlikeRows.sql(Sight.of(cast.sam)))
                    .params(AlikeRows.parameters(asked, AlikeRows.longest(title), Sight.of(cast.sam)))
                    .query(String.class)
                    .list();
        }));
    }

    private void crowd(int many) {
        var version = cast.reported().procedureVersion();
        for (var done = 0; done < many; done += 10_000) {
            database.sql("""
                        with made as (
                        insert into work.item (key, product, number, type, title, description, state, open, fields,
                                               urgency, reporter, created_at, updated_at, procedure_version, version)
                        select :product || '-' || n, :product, n, 'bug',
                               (select string_agg(w.words[1 + abs(hashint8(n * 6 + k) % 29)], ' ')
                                  from (select array['invoice', 'export', 'login', 'button', 'report',
                                          'table', 'chart', 'printer', 'sync', 'mail', 'calendar', 'search', 'upload',
                                          'password', 'crash', 'slow', 'wrong', 'missing', 'total', 'date', 'currency',
                                          'filter', 'loses', 'line', 'last', 'page', 'editor', 'document', 'cursor'] as words) w, generate_series(1, 6) k),
                               '', 'reported', true, '{}', 3, 'person:crowd', now(), now(), :version, 1
                          from generate_series(:first, :first + 9999) as n
                        returning key, title)
                        insert into work.item_words (item, week, title, head, said)
                        select key, 0, title, ''::tsvector, ''::tsvector from made
                        """)
                    .param("product", cast.product)
                    .param("version", version)
                    .param("first", 1_000 + done)
                    .update();
        }
    }

    private Item fixed(String component, Actor developer) {
        var bug = cast.reported();
        cast.move(
                bug,
                "log",
                cast.sam,
                "kind",
                "functional",
                "component",
                component,
                "expected",
                "All lines",
                "actual",
                "One less");
        cast.move(bug, "assess", cast.paula, "severity", "high");
        cast.move(bug, "assess", cast.quinn, "impact", "Everybody who writes");
        cast.move(bug, "triage", cast.paula, "priority", "high");
        items.move(new Items.Move(bug.key(), "assign", Map.of(), developer.id(), null, null, null), cast.lea);
        cast.move(bug, "start_fix", developer);
        cast.attest(bug, "local_test", COMMIT, developer);
        return cast.move(bug, "submit_fix", developer, "fix_commit", COMMIT, "root_cause", "Off by one");
    }

    private void component(String name, Actor... owners) {
        products.createComponent(
                new Products.ProductComponent(
                        cast.product,
                        name,
                        false,
                        java.util.Arrays.stream(owners).map(Actor::id).toList()),
                cast.ana);
    }

    private Actor developer(String name) {
        var made = clients.create(name + " " + cast.product, Set.of("developer"), "system:cli", "cli");
        return actor("client:" + made.clientId(), "developer");
    }

    private static Actor actor(String id, String role) {
        return Cast.actor(id, role, role);
    }
}
