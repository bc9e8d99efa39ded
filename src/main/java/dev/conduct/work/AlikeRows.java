package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Records whose title looks like another one's, for who is about to report it once more. Titles are compared by their
/// trigrams, so other words in another order and slips of the pen still meet.
@Repository
class AlikeRows {

    private static final int MOST = 5;
    private static final int SHORTEST = 8;

    /// From which similarity on `%` is true, for this transaction. Lower finds no more that people would call alike,
    // and
    /// makes the index offer many times the rows.
    static final String NEAR = "select set_config('pg_trgm.similarity_threshold', '0.4', true)";

    /// Materialised, so that fresh rows without statistics cannot lead the planner away from the index of trigrams.
    static final String SQL = """
            with near as materialized (
                select item, title from work.item_words where title % :title)
            select i.key, near.title, i.state, similarity(near.title, :title) as similarity
              from near
              join work.item i on i.key = near.item
             where (:product = '' or product = :product)
               and (:type = '' or type = :type)
               and (:all or reporter = :actor)
             order by similarity desc, i.key
             limit :most
            """;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    AlikeRows(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param type and product empty for any
    record Asked(String type, String product, String title) {}

    record Row(String key, String title, String state, double similarity) {}

    /// @throws Problem 400 for a title that no item can have
    List<Row> find(Asked asked, Actor actor) {
        var title = PlainText.checked("title", asked.title().strip(), FieldChecks.TITLE);
        PlainText.checked("product", asked.product(), FieldChecks.TITLE);
        if (title.length() < SHORTEST) {
            return List.of();
        }
        var parameters = parameters(new Asked(asked.type(), asked.product(), title), Sight.of(actor));
        return Objects.requireNonNull(transaction.execute(status -> {
            var _ = database.sql(NEAR).query(String.class).single();
            return database.sql(SQL)
                    .params(parameters)
                    .query((row, number) -> new Row(
                            row.getString("key"),
                            row.getString("title"),
                            row.getString("state"),
                            row.getDouble("similarity")))
                    .list();
        }));
    }

    /// For the form, which says by itself what is wrong with a title.
    List<ReportPage.Alike> find(ItemType type, String product, String title, Actor actor) {
        try {
            return find(new Asked(type.name(), product, title), actor).stream()
                    .map(row -> new ReportPage.Alike(row.key(), row.title(), Stations.title(type, row.state())))
                    .toList();
        } catch (Problem noTitle) {
            return List.of();
        }
    }

    static Map<String, Object> parameters(Asked asked, Sight sight) {
        return Map.of(
                "title", asked.title(),
                "product", asked.product(),
                "type", asked.type(),
                "all", sight.all(),
                "actor", sight.actor(),
                "most", MOST);
    }
}
