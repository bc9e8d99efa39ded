package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.work.ItemPanel;
import dev.conduct.work.ItemPast;
import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// On the page of a record: the cases that prove it, and the runs it was reported from.
@Component
class ProvenPanel implements ItemPanel {

    private final JdbcClient database;
    private final CaseLists cases;
    private final TestedProducts tested;
    private final Html html;

    ProvenPanel(JdbcClient database, CaseLists cases, TestedProducts tested, Html html) {
        this.database = database;
        this.cases = cases;
        this.tested = tested;
        this.html = html;
    }

    /// A run in which the record was reported of a case.
    record Found(UUID run, String title, int number) {}

    @Override
    public int order() {
        return 42;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var item = past.item();
        var proving = cases.proving(item.key(), item.product());
        var found = past.maybe("testcase.link") ? found(item.key()) : List.<Found>of();
        if (proving.isEmpty() && found.isEmpty() || !tested.reads(item.product(), actor)) {
            return null;
        }
        var panel = html.render(
                "testing/proven.jte", Map.of("product", item.product(), "proving", proving, "found", found));
        return output -> output.writeContent(panel);
    }

    private List<Found> found(String item) {
        return database.sql("""
                        select d.run, r.title, c.number
                          from testing.run_defect d
                          join testing.test_run r on r.id = d.run
                          join testing.test_case c on c.id = d.test_case
                         where d.item = :item order by d.reported_at limit 20
                        """)
                .param("item", item)
                .query((row, at) ->
                        new Found(row.getObject("run", UUID.class), row.getString("title"), row.getInt("number")))
                .list();
    }
}
