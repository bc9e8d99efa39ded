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
    private final Recording recording;

    TestLinks(JdbcClient database, SeenProducts seen, Quarantines tests, Items items, Recording recording) {
        this.database = database;
        this.seen = seen;
        this.tests = tests;
        this.items = items;
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

    /// The tests of an item, as they came out last.
    List<Linked> ofItem(String product, String item) {
        return database.sql("""
                        select l.test, l.suite, l.name, l.item, coalesce(last.outcome, '') as outcome, last.run,
                               coalesce(last.commit, '') as commit
                          from quality.test_link l
                          left join lateral (
                                select t.outcome, r.run, r.commit
                                  from quality.test_case t join quality.report r on r.id = t.report
                                 where t.test = l.test and r.product = l.product and t.outcome <> 'skipped'
                                 order by t.report desc limit 1) last on true
                         where l.item = :item and l.product = :product
                         order by l.linked_at, l.test limit :most
                        """)
                .param("item", item)
                .param("product", product)
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
        var made = database.sql("""
                        insert into quality.test_link (product, test, item, suite, name, linked_by, linked_at, outcome)
                        values (:product, :test, :item, :suite, :name, :by, :at,
                                coalesce((select t.outcome
                                            from quality.test_case t join quality.report r on r.id = t.report
                                           where t.test = :test and r.product = :product and t.outcome <> 'skipped'
                                           order by t.report desc limit 1), ''))
                        on conflict do nothing
                        """)
                .param("product", product)
                .param("test", test)
                .param("item", item)
                .param("suite", named.suite())
                .param("name", named.name())
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
}
