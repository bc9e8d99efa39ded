package dev.conduct.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cases brought from CSV and from comments of tests.
@ConductTest
class CaseImportTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "api");
    private static final String CSV = """
            ID,Name,Action,Expected result,Type
            TC-1,Pays,"Open the cart
            Pay","It is shown
            A receipt",timeout
            TC-2,Leaves,Leave,Left,
            ,,Come back,The cart is kept,
            """;

    private final Products products;
    private final Plans plans;
    private final CaseLists lists;
    private final CaseImport imports;
    private String product = "";
    private UUID plan = UUID.randomUUID();

    CaseImportTest(Products products, Plans plans, CaseLists lists, CaseImport imports) {
        this.products = products;
        this.plans = plans;
        this.lists = lists;
        this.imports = imports;
    }

    @BeforeEach
    void a_plan() {
        product = "CI" + COUNT.incrementAndGet();
        products.create(product, "Imported", ANA);
        plan = plans.create(product, new Plans.NewPlan("Brought", "", "", false, false), ANA)
                .id();
    }

    private CaseImport.Account bring(String format, String text, boolean dry) {
        return imports.run(plan, new CaseImport.Wanted(format, text, Map.of()), dry, ANA);
    }

    private List<TestCase> cases() {
        return lists.page(plan, 0, 100);
    }

    @Test
    void a_csv_file_is_tried_brought_once_and_brings_only_what_changed_after() {
        assertThat(bring("csv", CSV, true)).isEqualTo(new CaseImport.Account(2, 2, 0, 0, 0, List.of(), true));
        assertThat(cases()).isEmpty();

        bring("csv", CSV, false);
        assertThat(bring("csv", CSV, false)).isEqualTo(new CaseImport.Account(2, 0, 0, 2, 0, List.of(), false));
        var changed = bring("csv", CSV.replace("Leave,Left", "Go away,Gone"), false);

        assertThat(changed.changed()).isEqualTo(1);
        assertThat(cases()).extracting(one -> one.text().reference()).containsExactly("TC-1", "TC-2");
        assertThat(cases().getFirst().text().steps())
                .containsExactly(new Step("Open the cart", "It is shown"), new Step("Pay", "A receipt"));
        assertThat(cases().getFirst().text().edge()).isEqualTo("timeout");
        assertThat(cases().getLast().version()).isEqualTo(2);
        assertThat(cases().getLast().text().steps())
                .containsExactly(new Step("Go away", "Gone"), new Step("Come back", "The cart is kept"));
    }

    @Test
    void each_mistake_is_told_by_its_line_and_nothing_is_half_written() {
        var wrong = CSV + "TC-3,Wrong,Do,Done,luck\nTC-1,Again,Do,Done,\n";

        var account = bring("csv", wrong, true);

        assertThat(account.refused()).isEqualTo(2);
        assertThat(account.errors())
                .extracting(error -> error.field() + " " + error.code())
                .containsExactly("line 7 unknown", "line 8 twice");
        assertThatThrownBy(() -> bring("csv", wrong, false)).hasMessageContaining("line 7");
        assertThat(cases()).isEmpty();
        assertThatThrownBy(() -> bring("csv", "title,b\n\"1", true)).hasMessageContaining("line");
        assertThatThrownBy(() -> bring("csv", "ID\nTC-1\n", true)).hasMessageContaining("title");
    }

    @Test
    void comments_of_tests_in_any_language_tell_cases_and_may_name_the_test_that_runs_them() {
        var java = """
                class PayTest {
                    /// @case ABC-12 Pays once
                    /// @edge timeout
                    /// @step Pay => Paid
                    /// @test shop.PayTest#pays
                    @Test void pays() {}

                    @Case("ABC-13")
                    // @title Pays never
                    @Test void never() {}
                }
                """;
        var python =
                "# @case ABC-14 Pays late\n# @pre A slow bank\n# @data card: 4111\ndef test_late(): mail('a@case.example')\n";

        assertThat(bring("annotations", java, false).created()).isEqualTo(2);
        assertThat(bring("annotations", python, false).created()).isEqualTo(1);
        assertThat(bring("annotations", java, false).unchanged()).isEqualTo(2);
        assertThat(bring("annotations", "-- @case ABC-13\n-- @test shop.PayTest#never", false)
                        .changed())
                .isEqualTo(1);

        var first = cases().getFirst().text();
        assertThat(first.title()).isEqualTo("Pays once");
        assertThat(first.automation()).isEqualTo("shop.PayTest#pays");
        assertThat(first.edge()).isEqualTo("timeout");
        assertThat(cases().get(1).text().title()).isEqualTo("Pays never");
        assertThat(cases().get(1).text().automation()).isEqualTo("shop.PayTest#never");
        assertThat(cases().get(2).text().data()).containsExactly(new DataSet("card", "4111"));
    }
}
