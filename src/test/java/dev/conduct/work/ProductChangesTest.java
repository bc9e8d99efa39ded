package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products.ProductComponent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/// Products and components change after they were made, and the ledger tells it.
@ConductTest
class ProductChangesTest {

    private final ProductChanges changes;
    private final Products products;
    private final ProductPages pages;
    private final Projections projections;
    private final ComponentNames names;
    private final ItemLists lists;
    private final Experts experts;
    private final Items items;
    private final JdbcClient database;
    private final PlatformTransactionManager transactions;
    private final Cast cast;

    ProductChangesTest(
            ProductChanges changes,
            Products products,
            ProductPages pages,
            Projections projections,
            ComponentNames names,
            ItemLists lists,
            Experts experts,
            Items items,
            JdbcClient database,
            PlatformTransactionManager transactions,
            People people) {
        this.changes = changes;
        this.products = products;
        this.pages = pages;
        this.projections = projections;
        this.names = names;
        this.lists = lists;
        this.experts = experts;
        this.items = items;
        this.database = database;
        this.transactions = transactions;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_new_name_shows_at_once_and_an_empty_one_is_refused_with_what_was_typed() {
        var _ = pages.rename(cast.product, "Lighthouse", cast.ana, new RedirectAttributesModelMap());

        assertThat(products.findVisible(cast.product, cast.ana).name()).isEqualTo("Lighthouse");
        var refused = (ProductsPage) pages.rename(cast.product, "  ", cast.ana, new RedirectAttributesModelMap());
        assertThat(refused.error(cast.product, "name")).contains("empty");
        assertThatThrownBy(() -> changes.rename(cast.product, "Mine", cast.tom))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void a_retired_component_stays_on_its_records_and_is_offered_for_none() {
        var bug = cast.inFix();

        var _ = changes.change(
                new ProductComponent(cast.product, "editor", false, List.of(), true, List.of()), cast.ana);

        assertThat(products.offered(cast.product))
                .extracting(ProductComponent::name)
                .doesNotContain("editor");
        assertThat(products.components(cast.product))
                .filteredOn(component -> component.name().equals("editor"))
                .singleElement()
                .satisfies(component -> assertThat(component.critical()).isFalse())
                .satisfies(component -> assertThat(component.owners()).isEmpty());
        assertThat(cast.found(bug.key()).fields()).containsEntry("component", "editor");
        assertThatThrownBy(
                        () -> changes.change(new ProductComponent(cast.product, "no-such", false, List.of()), cast.ana))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void a_component_is_called_otherwise_and_whoever_says_the_old_name_means_it_still() {
        var bug = cast.inFix();
        var other = products.createComponent(new ProductComponent(cast.product, "reader", false, List.of()), cast.ana);

        var _ = pages.change(
                cast.product,
                "editor",
                Map.of("name", "text-editor", "critical", "true"),
                List.of(cast.lea.id()),
                cast.ana,
                new RedirectAttributesModelMap());

        assertThat(cast.found(bug.key()).fields()).containsEntry("component", "text-editor");
        assertThat(listed("component:text-editor product:" + cast.product)).containsExactly(bug.key());
        assertThat(listed("component:editor product:" + cast.product)).containsExactly(bug.key());
        assertThat(items.edit(
                                new Items.Edit(bug.key(), null, null, Map.of("component", "editor"), null, null, null),
                                cast.lea)
                        .fields())
                .containsEntry("component", "text-editor");
        assertThat(products.ensureComponent(cast.product, "editor", cast.ana).name())
                .isEqualTo("text-editor");
        assertThat(experts.suggest(cast.product, "text-editor"))
                .extracting(Expert::id)
                .contains(cast.lea.id());
        var taken = (ProductsPage) pages.change(
                cast.product,
                other.name(),
                Map.of("name", "editor"),
                List.of(),
                cast.ana,
                new RedirectAttributesModelMap());
        assertThat(taken.problem()).contains("text-editor was called editor");
        assertThat(taken.entered()).containsEntry("name", "editor");
        assertThat(taken.products().stream()
                        .flatMap(row -> row.components().stream())
                        .filter(part -> part.component().name().equals("reader"))
                        .filter(part -> part.component().product().equals(cast.product))
                        .map(taken::wrongName))
                .singleElement()
                .isEqualTo(taken.problem());
        assertThatThrownBy(() -> names.rename(cast.product, "reader", "viewer", cast.sam))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
        assertThat(projections.check()).isEmpty();

        assertThat(names.rename(cast.product, "text-editor", "editor", cast.ana).former())
                .containsExactly("text-editor");

        assertThat(cast.found(bug.key()).fields()).containsEntry("component", "editor");
        assertThat(projections.check()).isEmpty();
    }

    @Test
    void a_record_that_comes_to_name_a_component_while_it_is_renamed_follows() {
        var bug = cast.inFix();
        var _ = products.createComponent(new ProductComponent(cast.product, "pen", false, List.of()), cast.ana);

        var renaming = Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> {
            items.edit(new Items.Edit(bug.key(), null, null, Map.of("component", "pen"), null, null, null), cast.lea);
            var other = CompletableFuture.supplyAsync(() -> names.rename(cast.product, "pen", "quill", cast.ana));
            Awaitility.await().until(() -> other.isDone() || waitsForTheComponent());
            return other;
        }));

        assertThat(renaming.join().name()).isEqualTo("quill");
        assertThat(cast.found(bug.key()).fields()).containsEntry("component", "quill");
        assertThat(projections.check()).isEmpty();
    }

    @Test
    void a_report_that_is_taken_in_holds_the_names_it_counts_for() {
        var _ = products.createComponent(new ProductComponent(cast.product, "brush", false, List.of()), cast.ana);

        var renaming = Objects.requireNonNull(new TransactionTemplate(transactions).execute(status -> {
            products.holdNames(cast.product);
            var other = CompletableFuture.supplyAsync(() -> names.rename(cast.product, "brush", "roller", cast.ana));
            Awaitility.await().until(() -> other.isDone() || waitsForTheComponent());
            assertThat(other).isNotDone();
            return other;
        }));

        assertThat(renaming.join().name()).isEqualTo("roller");
    }

    private boolean waitsForTheComponent() {
        return database.sql("""
                        select exists (select from pg_stat_activity
                                        where wait_event_type = 'Lock' and query like '%update work.component%')
                        """).query(Boolean.class).single();
    }

    private List<String> listed(String query) {
        return lists.page(query, 10, null, cast.ana).items().stream()
                .map(Item::key)
                .toList();
    }

    @Test
    void an_archived_product_is_offered_for_nothing_new_and_its_records_go_on() {
        var bug = cast.reported();

        var _ = pages.archive(cast.product, true, cast.ana, new RedirectAttributesModelMap());

        assertThat(products.offered(cast.ana)).extracting(Products.Product::key).doesNotContain(cast.product);
        assertThat(products.named(cast.product, 9, cast.ana)).isEmpty();
        assertThat(products.visible(cast.ana)).extracting(Products.Product::key).contains(cast.product);
        assertThatThrownBy(cast::reported)
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("product_archived"));
        assertThat(cast.move(
                                bug,
                                "log",
                                cast.sam,
                                "kind",
                                "functional",
                                "component",
                                "editor",
                                "expected",
                                "a",
                                "actual",
                                "b")
                        .state())
                .isEqualTo("logged");
        assertThatThrownBy(() -> changes.archive(cast.product, false, cast.tom))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
        assertThat(projections.check()).isEmpty();

        var _ = changes.archive(cast.product, false, cast.ana);

        assertThat(cast.reported().product()).isEqualTo(cast.product);
    }

    @Test
    void tables_made_anew_of_the_ledger_hold_what_was_changed() {
        var _ = changes.rename(cast.product, "Lightship", cast.ana);
        var _ = changes.change(
                new ProductComponent(cast.product, "editor", true, List.of(cast.tom.id()), true, List.of()), cast.ana);

        assertThat(projections.check()).isEmpty();
    }
}
