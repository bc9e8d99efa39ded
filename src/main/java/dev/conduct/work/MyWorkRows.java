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

    private final JdbcClient database;

    MyWorkRows(JdbcClient database) {
        this.database = database;
    }

    /// Open records that stand where the actor has something to say, or are the actor's own.
    List<Item> concerning(ItemType type, Set<String> states, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("select " + ItemRows.COLUMNS + """
                          from work.item i
                         where i.type = :type and i.open and (:all or i.reporter = :actor)
                           and (i.state = any (:states) or i.assignee = :actor or i.reporter = :actor)
                         order by coalesce(i.due_at, 'infinity'), i.key
                         limit :most
                        """)
                .param("type", type.name())
                .param("states", states.toArray(String[]::new))
                .param("all", sight.all())
                .param("actor", actor.id())
                .param("most", LOOKED_AT)
                .query(ItemRows::item)
                .list();
    }
}
