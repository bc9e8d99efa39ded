package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Tests that show a defect, and prove its fix. The item is told when one is linked.
@Component
class TestLinks {

    private static final int MOST = 50;

    private final JdbcClient database;
    private final SeenProducts seen;
    private final Quarantines tests;
    private final Items items;
    private final Speaking speaking;
    private final Recording recording;

    TestLinks(
            JdbcClient database,
            SeenProducts seen,
            Quarantines tests,
            Items items,
            Speaking speaking,
            Recording recording) {
        this.database = database;
        this.seen = seen;
        this.tests = tests;
        this.items = items;
        this.speaking = speaking;
        this.recording = recording;
    }

    /// @param outcome how it came out in the newest report that tells of it, empty before one does
    /// @param run of that report, and commit
    record Linked(
            UUID test,
            String suite,
            String name,
            String item,
            String outcome,
            @Nullable UUID run,
            String commit) {

        boolean passes() {
            return outcome.equals("passed");
        }

        boolean fails() {
            return outcome.equals("failed") || outcome.equals("errored");
        }
    }

    /// The tests of an item, as they came out last in a run that speaks for it.
    List<Linked> ofItem(String product, String item) {
        var voices = speaking.of(product, item);
        return database.sql("""
                        select l.test, l.suite, l.name, l.item, coalesce(last.outcome, '') as outcome, last.run,
                               coalesce(last.commit, '') as commit
                          from quality.test_link l
                          left join lateral (
                                select t.outcome, r.run, r.commit
                                  from quality.test_case t join quality.report r on r.id = t.report
                                 where t.test = l.test and r.product = l.product and t.outcome <> 'skipped'
                                   and r.environment = ''
                                   and (r.branch = any (:branches) or r.branch ~* :named)
                                 order by t.report desc limit 1) last on true
                         where l.item = :item and l.product = :product
                         order by l.linked_at, l.test limit :most
                        """)
                .param("item", item)
                .param("product", product)
                .param("branches", voices.branches())
                .param("named", voices.named())
                .param("most", MOST)
                .query(TestLinks::linked)
                .list();
    }

    /// Items of these tests; what the reader may see of them is to be asked of `Items`.
    List<Linked> ofTests(String product, Collection<UUID> wanted) {
        return database.sql("""
                        select test, suite, name, item, outcome, null::uuid as run, '' as commit
                          from quality.test_link
                         where product = :product and test = any (:tests)
                         order by linked_at desc, item limit 500
                        """)
                .param("product", product)
                .param("tests", wanted.toArray(UUID[]::new))
                .query(TestLinks::linked)
                .list();
    }

    static Linked linked(ResultSet row, int number) throws SQLException {
        return new Linked(
                row.getObject("test", UUID.class),
                row.getString("suite"),
                row.getString("name"),
                row.getString("item"),
                row.getString("outcome"),
                row.getObject("run", UUID.class),
                row.getString("commit"));
    }

    /// @throws Problem 400 when the item is of another product or has enough tests, 403 for who may not, 404 without
    ///     the test or the item
    @Transactional
    public void link(String product, UUID test, String item, Actor actor) {
        seen.judge(product, actor);
        var named = tests.named(product, test);
        var found = items.findVisible(item, actor);
        if (!found.product().equals(product)) {
            throw Problem.badInput("item", "another_product", "is of another product than the test.");
        }
        if (ofItem(product, item).size() >= MOST) {
            throw Problem.badInput("item", "too_many", "has " + MOST + " tests already.");
        }
        var now = recording.now();
        var voices = speaking.of(product, item);
        var made = database.sql("""
                        insert into quality.test_link (product, test, item, suite, name, linked_by, linked_at, outcome)
                        values (:product, :test, :item, :suite, :name, :by, :at,
                                coalesce((select t.outcome
                                            from quality.test_case t join quality.report r on r.id = t.report
                                           where t.test = :test and r.product = :product and t.outcome <> 'skipped'
                                             and r.environment = ''
                                             and (r.branch = any (:branches) or r.branch ~* :named)
                                           order by t.report desc limit 1), ''))
                        on conflict do nothing
                        """)
                .param("product", product)
                .param("test", test)
                .param("item", item)
                .param("suite", named.suite())
                .param("name", named.name())
                .param("branches", voices.branches())
                .param("named", voices.named())
                .param("by", actor.id())
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        if (made > 0) {
            items.notice(
                    new Items.Notice(
                            item, "test.link", null, Map.of("suite", named.suite(), "test", named.name()), null),
                    actor);
        }
    }

    /// The test speaks for the item no longer. What it said stays in the item's history.
    ///
    /// @throws Problem 403 for who may not, 404 without the item, or when the test is not linked to it
    @Transactional
    public void unlink(String product, UUID test, String item, Actor actor) {
        seen.judge(product, actor);
        if (!items.findVisible(item, actor).product().equals(product)) {
            throw Problem.notFound("A link of this test to " + item);
        }
        var names = database.sql("""
                        delete from quality.test_link
                         where product = :product and test = :test and item = :item
                        returning suite, name
                        """)
                .param("product", product)
                .param("test", test)
                .param("item", item)
                .query((row, number) -> Map.<String, Object>of("suite", row.getString(1), "test", row.getString(2)))
                .optional()
                .orElseThrow(() -> Problem.notFound("A link of this test to " + item));
        items.notice(new Items.Notice(item, "test.unlink", null, names, null), actor);
    }
}
