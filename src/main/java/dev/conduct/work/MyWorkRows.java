package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what may concern somebody, the most urgent first.
@Repository
class MyWorkRows {

    static final int LOOKED_AT = 120;

    private static final int OWN = 100;

    private final JdbcClient database;

    MyWorkRows(JdbcClient database) {
        this.database = database;
    }

    /// Open records that are the actor's own, however late they are due, and the most urgent that stand where the
    /// actor has something to say.
    ///
    /// @param product key of the only one wanted, empty for all
    List<Item> concerning(ItemType type, Set<String> states, String product, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("select " + ItemRows.COLUMNS + """
                          from work.item i
                         where
                        """ + sight.of("i") + """
                           and i.key in (
                            (select key from work.item where type = :type and open and assignee = :actor and (:product = '' or product = :product)
                              order by coalesce(due_at, 'infinity'), key limit :own)
                            union
                            (select key from work.item where type = :type and open and reporter = :actor and (:product = '' or product = :product)
                              order by coalesce(due_at, 'infinity'), key limit :own)
                            union
                            (select key from work.item where type = :type and open and state = any (:states) and (:product = '' or product = :product)
                              order by coalesce(due_at, 'infinity'), key limit :most))
                         order by coalesce(i.due_at, 'infinity'), i.key
                        """)
                .param("type", type.name())
                .param("product", product)
                .param("states", states.toArray(String[]::new))
                .params(sight.parameters())
                .param("actor", actor.id())
                .param("own", OWN)
                .param("most", LOOKED_AT)
                .query(ItemRows::item)
                .list();
    }
}
