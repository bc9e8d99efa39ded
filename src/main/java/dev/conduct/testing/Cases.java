package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Cases of plans. A change is a new version; the old ones stay, and runs name the one they ran.
@Component
class Cases {

    static final int MOST = 1_000;
    private static final int STEPS = 100;
    private static final int TEXT = 20_000;
    private static final int LONG_LINE = 2_000;

    private final JdbcClient database;
    private final CaseLists lists;
    private final Plans plans;
    private final Catalogue catalogue;
    private final TestedProducts tested;
    private final Products products;
    private final Items items;
    private final EdgeClasses edges;
    private final Book book;

    Cases(
            JdbcClient database,
            CaseLists lists,
            Plans plans,
            Catalogue catalogue,
            TestedProducts tested,
            Products products,
            Items items,
            EdgeClasses edges,
            Book book) {
        this.database = database;
        this.lists = lists;
        this.plans = plans;
        this.catalogue = catalogue;
        this.tested = tested;
        this.products = products;
        this.items = items;
        this.edges = edges;
        this.book = book;
    }

    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without the plan
    @Transactional
    public TestCase create(UUID plan, CaseText text, Actor actor) {
        var found = plans.visible(plan, actor);
        tested.test(found.product(), actor);
        var wanted = text.stripped();
        done(faults(found.product(), null, wanted, actor));
        database.sql("select pg_advisory_xact_lock(hashtext('testing ' || :product))")
                .param("product", found.product())
                .query((row, number) -> 0)
                .single();
        if (found.cases() >= MOST) {
            throw Problem.conflict("too_many", "The plan has " + MOST + " cases. Make another plan.");
        }
        var number = database.sql("select coalesce(max(number), 0) + 1 from testing.test_case where product = :product")
                .param("product", found.product())
                .query(Integer.class)
                .single();
        return write(Ids.next(book.now()), found.product(), plan, number, 1, wanted, actor);
    }

    /// @param expected the version that was read, null for any
    /// @return the case as it was when the text says nothing new
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without it, 412
    /// when
    ///     somebody changed it
    @Transactional
    public TestCase change(String key, CaseText text, @Nullable Long expected, Actor actor) {
        var found = lists.visible(key, actor);
        tested.test(found.product(), actor);
        var wanted = text.stripped();
        done(faults(found.product(), found.id(), wanted, actor));
        var version = database.sql("select version from testing.test_case where id = :id for update")
                .param("id", found.id())
                .query(Long.class)
                .single();
        if (expected != null && !expected.equals(version)) {
            throw Problem.stale("The case", version);
        }
        var now = lists.visible(key, actor);
        return now.text().equals(wanted) && !now.retired()
                ? now
                : write(found.id(), found.product(), found.plan(), found.number(), version + 1, wanted, actor);
    }

    /// Takes it out of its plan. Runs keep it.
    @Transactional
    public void retire(String key, Actor actor) {
        var found = lists.visible(key, actor);
        tested.test(found.product(), actor);
        if (!found.retired()) {
            book.enter(
                    TestingProjection.CASE + found.id(),
                    found.newest(),
                    "testcase.retire",
                    Map.of("product", found.product()),
                    Map.of(),
                    actor);
        }
    }

    private TestCase write(UUID id, String product, UUID plan, int number, long version, CaseText text, Actor actor) {
        var data = new HashMap<String, Object>();
        data.put("product", product);
        data.put("plan", plan.toString());
        data.put("number", (long) number);
        data.put("edge_class", text.edge());
        data.put("requirement", text.requirement());
        data.put("point", text.point() == null ? "" : text.point().toString());
        book.enter(
                TestingProjection.CASE + id,
                version,
                "testcase.write",
                data,
                Map.of(
                        "title",
                        text.title(),
                        "preconditions",
                        text.preconditions(),
                        "steps",
                        Step.written(text.steps()),
                        "data",
                        DataSet.written(text.data()),
                        "automation",
                        text.automation(),
                        "component",
                        text.component(),
                        "reference",
                        text.reference()),
                actor);
        return lists.visible(TestCase.key(product, number), actor);
    }

    private static void done(List<FieldProblem> faults) {
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
    }

    /// What is wrong with it; nothing is written.
    ///
    /// @param id of the case that is changed, null for a new one
    List<FieldProblem> faults(String product, @Nullable UUID id, CaseText text, Actor actor) {
        var checks = new Checks()
                .named("title", text.title(), "Say what the case shows.")
                .text("preconditions", text.preconditions(), TEXT)
                .text("steps", Step.written(text.steps()), TEXT)
                .text("data", DataSet.written(text.data()), TEXT)
                .text("automation", text.automation(), LONG_LINE)
                .line("reference", text.reference());
        if (text.steps().size() > STEPS) {
            checks.wrong("steps", "too_many", "are " + text.steps().size() + "; at most " + STEPS + " are kept.");
        }
        if (!text.steps().stream().allMatch(Step::plain)) {
            checks.wrong(
                    "steps", "not_a_step", "must each be one line with an action, and => before what is expected.");
        }
        if (!text.data().stream().allMatch(DataSet::plain)) {
            checks.wrong("data", "not_a_set", "must each be one line with a name, and a colon before its values.");
        }
        var classes = edges.at(book.now());
        if (!text.edge().isEmpty() && !classes.contains(text.edge())) {
            checks.wrong("edge_class", "unknown", "must be one of " + String.join(", ", classes) + ", or empty.");
        }
        if (!text.automation().isEmpty() && text.automation().indexOf('#') < 1) {
            checks.wrong("automation", "not_a_test", "must be suite#name, as the test's page under Quality names it.");
        }
        if (!text.requirement().isEmpty()
                && items.visible(List.of(text.requirement()), actor).stream()
                        .noneMatch(item -> item.product().equals(product))) {
            checks.wrong("requirement", "unknown", "names no record of the product, such as " + product + "-12.");
        }
        if (!text.component().isEmpty()
                && products.components(product).stream().noneMatch(it -> it.answersTo(text.component()))) {
            checks.wrong("component", "unknown", "is no component of the product.");
        }
        if (text.point() != null
                && catalogue
                        .point(text.point())
                        .filter(it -> it.product().equals(product) && !it.retired())
                        .isEmpty()) {
            checks.wrong("point", "unknown", "is no integration point of the catalogue.");
        }
        if (!text.reference().isEmpty() && lists.taken(product, text.reference(), id)) {
            checks.wrong("reference", "taken", "is another case's already.");
        }
        return checks.faults();
    }
}
